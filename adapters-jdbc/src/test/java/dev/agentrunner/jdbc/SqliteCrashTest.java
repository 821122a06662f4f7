package dev.agentrunner.jdbc;

import static org.assertj.core.api.Assertions.assertThat;

import dev.agentrunner.spi.catalog.PageRequest;
import dev.agentrunner.spi.catalog.RunQuery;
import dev.agentrunner.spi.catalog.RunView;
import dev.agentrunner.spi.catalog.StepView;
import dev.agentrunner.spi.model.Event;
import dev.agentrunner.spi.model.EventType;
import dev.agentrunner.spi.model.NodeId;
import dev.agentrunner.spi.model.RunId;
import dev.agentrunner.spi.model.RunStatus;
import dev.agentrunner.spi.model.StepStatus;
import dev.agentrunner.spi.queue.NodeBeat;
import dev.agentrunner.spi.store.Store;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.LongStream;
import org.junit.jupiter.api.RepeatedTest;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

@Timeout(180)
class SqliteCrashTest {

    @TempDir
    Path folder;

    @RepeatedTest(3)
    void inv07_after_a_kill_everything_acknowledged_is_there_and_projections_are_what_events_imply() throws Exception {
        Path file = folder.resolve("runs.db");
        Map<RunId, Long> acknowledged = new HashMap<>();
        List<String> said = new ArrayList<>();
        try (Child child = Child.start("write", file)) {
            while (said.size() < 200) {
                said.add(child.line());
            }
            said.addAll(child.kill());
        }
        for (String line : said) {
            String[] parts = line.split(" ");
            if (parts.length == 2 && parts[0].length() == 36 && !parts[1].isEmpty()) {
                acknowledged.merge(RunId.parse(parts[0]), Long.parseLong(parts[1]), Math::max);
            }
        }
        try (SqliteStore store = SqliteStore.at(file)) {
            Map<RunId, RunView> runs = all(store);
            acknowledged.forEach(
                    (run, seq) -> assertThat(runs.get(run).lastSeq()).isGreaterThanOrEqualTo(seq));
            runs.values().forEach(run -> consistent(store, run));
            assertThat(RawSql.on(file)
                            .number("SELECT count(*) FROM ar_events WHERE run_id NOT IN (SELECT id FROM ar_runs)"))
                    .isZero();
        }
    }

    private static Map<RunId, RunView> all(Store store) {
        Map<RunId, RunView> runs = new HashMap<>();
        String cursor = null;
        do {
            var page = store.catalog().runs(RunQuery.ALL.page(new PageRequest(200, cursor)));
            page.items().forEach(run -> runs.put(run.id(), run));
            cursor = page.nextCursor();
        } while (cursor != null);
        return runs;
    }

    private static void consistent(Store store, RunView run) {
        List<Event> events = store.log().read(run.id(), 0, 1_000);
        assertThat(events)
                .extracting(Event::seq)
                .containsExactlyElementsOf(
                        LongStream.rangeClosed(1, run.lastSeq()).boxed().toList());
        boolean completed = events.get(events.size() - 1).type().equals(EventType.RUN_COMPLETED);
        assertThat(run.state().status()).isEqualTo(completed ? RunStatus.COMPLETED : RunStatus.RUNNING);
        assertThat(run.times().finished())
                .isEqualTo(completed ? events.get(events.size() - 1).createdAt() : null);
        List<Event> ended = events.stream()
                .filter(event -> event.type().equals(EventType.STEP_COMPLETED))
                .toList();
        List<StepView> steps = store.catalog().steps(run.id());
        assertThat(steps)
                .extracting(step -> step.step().id())
                .containsExactlyElementsOf(ended.stream().map(Event::step).toList());
        assertThat(steps).allSatisfy(step -> assertThat(step.step().status()).isEqualTo(StepStatus.COMPLETED));
        assertThat(steps)
                .extracting(step -> step.step().outcomeSeq())
                .containsExactlyElementsOf(ended.stream().map(Event::seq).toList());
    }

    @Test
    void inv06_a_killed_node_is_noticed_without_waiting_for_its_heartbeat() throws Exception {
        Path file = folder.resolve("runs.db");
        try (Child child = Child.start("beat", file);
                SqliteStore store = SqliteStore.at(file)) {
            assertThat(child.line()).isEqualTo("beating");
            assertThat(store.queue().recover(TestRuns.NODE, Duration.ofDays(1))).isEmpty();
            child.kill();
            assertThat(store.queue().recover(TestRuns.NODE, Duration.ofDays(1))).containsExactly(new NodeId("child"));
            assertThat(store.queue().held(new NodeId("child"))).isEmpty();
            assertThat(folder.resolve("runs.db.nodes")).isEmptyDirectory();
        }
    }

    @Test
    void inv06_a_node_of_a_closed_store_is_gone_and_one_of_an_open_store_is_not() throws Exception {
        Path file = folder.resolve("runs.db");
        NodeId open = new NodeId("open");
        NodeId closed = new NodeId("closed");
        try (SqliteStore one = SqliteStore.at(file);
                SqliteStore other = SqliteStore.at(file)) {
            one.queue().beat(new NodeBeat(open, 1));
            SqliteStore shortLived = SqliteStore.at(file);
            shortLived.queue().beat(new NodeBeat(closed, 1));
            assertThat(other.queue().recover(TestRuns.NODE, Duration.ofDays(1))).isEmpty();
            shortLived.close();
            assertThat(other.queue().recover(TestRuns.NODE, Duration.ofDays(1))).containsExactly(closed);
        }
    }
}
