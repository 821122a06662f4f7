package dev.agentrunner.tck;

import static org.assertj.core.api.Assertions.assertThat;

import dev.agentrunner.spi.catalog.RunView;
import dev.agentrunner.spi.catalog.StepView;
import dev.agentrunner.spi.catalog.Times;
import dev.agentrunner.spi.log.Ready;
import dev.agentrunner.spi.model.Event;
import dev.agentrunner.spi.model.EventType;
import dev.agentrunner.spi.model.Json;
import dev.agentrunner.spi.model.Lineage;
import dev.agentrunner.spi.model.QueueSlot;
import dev.agentrunner.spi.model.RunId;
import dev.agentrunner.spi.model.RunRow;
import dev.agentrunner.spi.model.RunSpec;
import dev.agentrunner.spi.model.RunStatus;
import dev.agentrunner.spi.model.StepId;
import dev.agentrunner.spi.model.StepRow;
import dev.agentrunner.spi.model.StepStatus;
import dev.agentrunner.spi.model.Waiting;
import dev.agentrunner.spi.model.WorkflowRef;
import dev.agentrunner.spi.queue.Claim;
import dev.agentrunner.tck.fixture.Ids;
import dev.agentrunner.tck.fixture.Rows;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;

/**
 * What is seen of one run: its row, times, payloads and steps, and how many runs there are.
 *
 * <p>On failure look at the mapping between columns and records; all of it must be what the last commit said.
 */
abstract class RunViewContract extends WithStore {

    /** Everything that a run is created with comes back unchanged. */
    @Test
    void inv05_a_run_keeps_what_it_was_created_with() {
        RunId parent = Ids.run();
        RunSpec spec = new RunSpec(
                new WorkflowRef("größe 日本 \uD83D\uDE00 'x'", "1.0-β"),
                new QueueSlot("q '\"\\ %", Integer.MIN_VALUE),
                "n".repeat(10_000),
                Map.of("k", "", "日本 'k'\"", "v\n\t\\"),
                new Lineage(parent, Ids.run()),
                " key ");
        RunId run = Ids.run();
        runs().appended(runs().creating(run, spec, "{\"input\" : 1}").ready(Ready.never()));
        RunView view = view(run);
        assertThat(view.spec()).isEqualTo(spec);
        assertThat(view.id()).isEqualTo(run);
        assertThat(view.payloads()).isEqualTo(new RunView.Payloads(new Json("{\"input\" : 1}"), null));
        RunId bare = runs().queued(Ready.never());
        assertThat(view(bare).spec()).isEqualTo(runs().spec());
        assertThat(store().catalog().run(Ids.run())).isEmpty();
    }

    /** Look at how flags, enums and moments are stored, and whether they can be cleared. */
    @Test
    void inv05_the_row_is_what_the_last_commit_said() {
        Claim claim = runs().running(alice);
        Instant wakeAt = storeTime().plusSeconds(77);
        for (Waiting waiting : Waiting.values()) {
            RunRow row = new RunRow(RunStatus.RUNNING, waiting, wakeAt, true, true, 3);
            runs().appended(runs().holding(claim).row(row));
            assertThat(view(claim.run()).state()).isEqualTo(row);
        }
        RunRow cleared = new RunRow(RunStatus.RUNNING, null, null, false, false, 3);
        runs().appended(runs().holding(claim).row(cleared));
        assertThat(view(claim.run()).state()).isEqualTo(cleared);
    }

    /** Look at which commit sets which time, and that later ones leave it. */
    @Test
    void inv05_times_are_those_of_the_events() {
        RunId run = runs().queued();
        Claim claim = runs().claimOnly(run, alice);
        runs().appended(runs().holding(claim).log("more"));
        Instant created = store().log().read(run, 0, 1).get(0).createdAt();
        Instant started = store().log().read(run, 1, 1).get(0).createdAt();
        assertThat(view(run).times()).isEqualTo(new Times(created, started, null));
        Instant finished =
                runs().appended(runs().finishing(claim, RunStatus.COMPLETED)).at();
        assertThat(view(run).times()).isEqualTo(new Times(created, started, finished));

        RunId never = runs().queued(Ready.never());
        Instant queued = view(never).times().created();
        Instant canceled = runs().appended(runs().outside(never).status(RunStatus.CANCELED))
                .at();
        assertThat(view(never).times()).isEqualTo(new Times(queued, null, canceled));
        RunId born = runs().running(alice).run();
        assertThat(view(born).times().started()).isEqualTo(view(born).times().created());
    }

    /** Output, failure or reason are in the event that ended the run. */
    @Test
    void inv05_the_last_payload_is_that_of_the_end() {
        Claim claim = runs().running(alice);
        runs().appended(runs().holding(claim).log("before"));
        assertThat(view(claim.run()).payloads().last()).isNull();
        runs().appended(runs().holding(claim)
                .log("with it")
                .event(EventType.RUN_FAILED, "{\"failure\" :1}")
                .status(RunStatus.FAILED)
                .ready(Ready.never()));
        assertThat(view(claim.run()).payloads().last()).isEqualTo(new Json("{\"failure\" :1}"));
    }

    /** Look at which statuses set which time of a step. */
    @Test
    void inv05_steps_have_the_times_of_their_events() {
        Claim claim = runs().running(alice);
        Instant first = runs().appended(runs().holding(claim)
                        .step(Rows.step("waits", StepStatus.PENDING, 3))
                        .step(Rows.step("runs", StepStatus.RUNNING, 3))
                        .step(Rows.step("is done", StepStatus.COMPLETED, 3))
                        .step(Rows.step("is skipped", StepStatus.SKIPPED, 3)))
                .at();
        Instant second = runs().appended(runs().holding(claim)
                        .step(Rows.step("waits", StepStatus.RUNNING, 3))
                        .step(Rows.step("runs", StepStatus.RUNNING, 2, 3)))
                .at();
        Instant third = runs().appended(runs().holding(claim)
                        .step(Rows.step("waits", StepStatus.CANCELED, 3))
                        .step(Rows.step("runs", StepStatus.FAILED, 2, 3)))
                .at();
        Map<String, Times> times = store().catalog().steps(claim.run()).stream()
                .collect(java.util.stream.Collectors.toMap(step -> step.step().name(), StepView::times));
        assertThat(times)
                .containsEntry("waits", new Times(first, second, third))
                .containsEntry("runs", new Times(first, first, third))
                .containsEntry("is done", new Times(first, first, first))
                .containsEntry("is skipped", new Times(first, null, first));
    }

    /** In the order in which they first started, whatever their ids. */
    @Test
    void inv02_steps_are_listed_by_their_start() {
        Claim claim = runs().running(alice);
        runs().appended(runs().holding(claim)
                .stepEvent(EventType.STEP_STARTED, "zebra", "{}")
                .stepEvent(EventType.STEP_STARTED, "ant#2", "{}")
                .step(Rows.step("ant#2", StepStatus.RUNNING, 4))
                .step(Rows.step("zebra", StepStatus.RUNNING, 3)));
        runs().appended(runs().holding(claim)
                .stepEvent(EventType.STEP_STARTED, "bee", "{}")
                .stepEvent(EventType.STEP_COMPLETED, "zebra", "{\"result\" : \"stripes\"}")
                .step(Rows.step("bee", StepStatus.RUNNING, 5))
                .step(new StepRow(new StepId("zebra"), "zebra", "step", StepStatus.COMPLETED, 1, 3, 6)));
        List<StepView> steps = store().catalog().steps(claim.run());
        assertThat(steps).extracting(step -> step.step().name()).containsExactly("zebra", "ant#2", "bee");
        assertThat(steps.get(0).outcome()).isEqualTo(new Json("{\"result\" : \"stripes\"}"));
        assertThat(steps.get(1).outcome()).isNull();
        assertThat(steps).extracting(StepView::run).containsOnly(claim.run());
        assertThat(store().catalog().steps(Ids.run())).isEmpty();
    }

    /** Ids of any length and script, and of many steps. */
    @Test
    void inv02_step_ids_are_kept_apart_character_by_character() {
        Claim claim = runs().running(alice);
        List<String> ids = List.of(
                "a", "A", "a ", "a\u0301", "á", "check[0]/verify#2", "日".repeat(StepId.MAX_LENGTH), "'", "\\", "%");
        for (String id : ids) {
            runs().appended(runs().holding(claim).step(Rows.step(id, StepStatus.COMPLETED, 1)));
        }
        assertThat(store().catalog().steps(claim.run()))
                .extracting(step -> step.step().id().value())
                .containsExactlyInAnyOrderElementsOf(ids);
    }

    /** Look at GROUP BY. */
    @Test
    void inv05_counts_are_those_of_the_runs() {
        assertThat(store().catalog().counts()).isEmpty();
        runs().queued();
        runs().queued();
        runs().running(alice);
        runs().finished(RunStatus.CANCELED);
        assertThat(store().catalog().counts())
                .isEqualTo(Map.of(RunStatus.QUEUED, 2L, RunStatus.RUNNING, 1L, RunStatus.CANCELED, 1L));
    }

    /** A status can be told from the log alone. */
    @Test
    void inv05_the_last_seq_is_the_number_of_events() {
        Claim claim = runs().running(alice);
        runs().appended(runs().holding(claim).log("a").log("b"));
        List<Event> events = store().log().read(claim.run(), 0, 100);
        assertThat(view(claim.run()).lastSeq()).isEqualTo(events.size()).isEqualTo(4);
    }
}
