package dev.agentrunner.http.metrics;

import static org.assertj.core.api.Assertions.assertThat;

import dev.agentrunner.memory.InMemoryStore;
import dev.agentrunner.spi.log.AppendOutcome;
import dev.agentrunner.spi.log.Fence;
import dev.agentrunner.spi.log.Ready;
import dev.agentrunner.spi.model.EventType;
import dev.agentrunner.spi.model.Lineage;
import dev.agentrunner.spi.model.QueueSlot;
import dev.agentrunner.spi.model.RunId;
import dev.agentrunner.spi.model.RunSpec;
import dev.agentrunner.spi.model.RunStatus;
import dev.agentrunner.spi.model.StepStatus;
import dev.agentrunner.spi.model.WorkflowRef;
import dev.agentrunner.spi.queue.Claim;
import dev.agentrunner.spi.queue.NodeBeat;
import dev.agentrunner.tck.fault.FaultyStore;
import dev.agentrunner.tck.fixture.Ids;
import dev.agentrunner.tck.fixture.ManualClock;
import dev.agentrunner.tck.fixture.Rows;
import dev.agentrunner.tck.fixture.Runs;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import java.util.regex.Pattern;
import org.junit.jupiter.api.Test;

class MetricsTest {

    private final ManualClock clock = ManualClock.standing();
    private final FaultyStore inner = new FaultyStore(new InMemoryStore(clock));
    private final Metrics metrics = new Metrics(clock);
    private final MeteredStore store = new MeteredStore(inner, metrics);
    private final Runs runs = new Runs(store);
    private final String workflow = runs.workflow.name();

    private RunSpec spec(String name, String queue) {
        return new RunSpec(new WorkflowRef(name, "1"), new QueueSlot(queue, 0), null, Map.of(), Lineage.NONE, null);
    }

    private void hasLines(String... lines) {
        assertThat(metrics.scrape().lines()).contains(lines);
    }

    @Test
    void runs_are_counted_and_timed_by_workflow_and_status() {
        Claim claim = runs.running(Ids.node());
        clock.advance(Duration.ofSeconds(90));
        runs.appended(runs.finishing(claim, RunStatus.FAILED));
        runs.finished(RunStatus.COMPLETED);

        String of = "{status=\"FAILED\",workflow=\"" + workflow + "\"}";
        hasLines(
                "agent_runner_runs_submitted_total{workflow=\"" + workflow + "\"} 2.0",
                "agent_runner_runs_finished_total" + of + " 1.0",
                "agent_runner_run_seconds_count" + of + " 1",
                "agent_runner_run_seconds_sum" + of + " 90.0",
                "agent_runner_appends_total{outcome=\"appended\"} 4.0",
                "agent_runner_append_seconds_count 4",
                "agent_runner_appends_pending 0.0");
    }

    @Test
    void a_run_that_another_node_made_is_known_from_what_was_read_to_go_on_with_it() {
        RunId run = Ids.run();
        Runs elsewhere = new Runs(inner);
        elsewhere.appended(
                elsewhere.creating(run, spec("elsewhere", "q"), "{\"workflow\":\"elsewhere\",\"input\":{}}"));
        clock.advance(Duration.ofSeconds(5));
        store.log().readAll(List.of(run));
        store.log()
                .append(elsewhere
                        .outside(run)
                        .event(EventType.RUN_CANCELED, "{}")
                        .status(RunStatus.CANCELED)
                        .commit());

        hasLines("agent_runner_run_seconds_sum{status=\"CANCELED\",workflow=\"elsewhere\"} 5.0");
    }

    @Test
    void steps_are_timed_by_what_they_say_themselves_and_not_by_what_their_results_say() {
        Claim claim = runs.running(Ids.node());
        runs.appended(runs.holding(claim)
                .stepEvent(EventType.STEP_STARTED, "a", "{}")
                .stepEvent(
                        EventType.STEP_COMPLETED,
                        "a",
                        "{\"result\":{\"duration_ms\":99000},\"duration_ms\":250,\"signal_seq\":4}")
                .step(Rows.step("a", StepStatus.COMPLETED, 3)));
        runs.appended(runs.holding(claim).stepEvent(EventType.STEP_ATTEMPT_FAILED, "b", "{\"attempt\":1}"));
        runs.appended(runs.holding(claim).stepEvent(EventType.STEP_COMPLETED, "c", "{\"result\":\"duration_ms\"}"));

        String of = "{kind=\"step\",status=\"COMPLETED\",workflow=\"" + workflow + "\"}";
        hasLines(
                "agent_runner_step_seconds_sum" + of + " 0.25",
                "agent_runner_step_seconds_count" + of + " 1",
                "agent_runner_step_retries_total{workflow=\"" + workflow + "\"} 1.0");
    }

    @Test
    void generations_are_counted_by_model_with_tokens_and_cost() {
        generation();

        hasLines(
                "agent_runner_llm_seconds_sum{model=\"ollama/qwen3:8b\",status=\"COMPLETED\"} 1.5",
                "agent_runner_llm_seconds_count{model=\"ollama/qwen3:8b\",status=\"FAILED\"} 1",
                "agent_runner_llm_tokens_total{direction=\"input\",model=\"ollama/qwen3:8b\"} 12.0",
                "agent_runner_llm_tokens_total{direction=\"output\",model=\"ollama/qwen3:8b\"} 34.0",
                "agent_runner_llm_cost_usd_total{model=\"ollama/qwen3:8b\"} 0.25");
    }

    private Claim generation() {
        Claim claim = runs.running(Ids.node());
        runs.appended(runs.holding(claim)
                .stepEvent(
                        EventType.LLM_COMPLETED,
                        "a",
                        "{\"provider\":\"ollama\",\"model\":\"qwen3:8b\",\"usage\":{\"input_tokens\":12,"
                                + "\"output_tokens\":34},\"duration_ms\":1500,\"cost_usd\":0.25}")
                .stepEvent(
                        EventType.LLM_FAILED,
                        "a",
                        "{\"provider\":\"ollama\",\"model\":\"qwen3:8b\",\"duration_ms\":10}"));
        return claim;
    }

    @Test
    void a_run_that_is_claimed_was_queued_until_then() {
        RunId run = runs.queued();
        clock.advance(Duration.ofSeconds(7));
        runs.claimOnly(run, Ids.node());
        clock.advance(Duration.ofSeconds(90));
        store.log().readAll(List.of(run));
        store.log().readAll(List.of(run));

        hasLines(
                "agent_runner_run_queued_seconds_count{workflow=\"" + workflow + "\"} 1",
                "agent_runner_run_queued_seconds_sum{workflow=\"" + workflow + "\"} 7.0");
    }

    @Test
    void refused_commits_claims_and_lost_nodes_are_counted() {
        var node = Ids.node();
        RunId run = runs.queued();
        Claim claim = runs.claimOnly(run, node);
        AppendOutcome fenced = runs.append(runs.holding(claim).fence(Fence.holding(claim.epoch() - 1)));
        store.queue().beat(new NodeBeat(node, 4));
        clock.advance(Duration.ofMinutes(1));
        store.queue().recover(Ids.node(), Duration.ofSeconds(10));

        assertThat(fenced).isInstanceOf(AppendOutcome.Fenced.class);
        hasLines(
                "agent_runner_appends_total{outcome=\"fenced\"} 1.0",
                "agent_runner_claims_total 1.0",
                "agent_runner_nodes_lost_total 1.0");
    }

    @Test
    void what_the_store_holds_is_read_at_the_scrape() {
        runs.appended(runs.creating(Ids.run(), spec("slow", "nightly")));
        runs.appended(runs.creating(Ids.run(), spec("slow", "nightly")));
        runs.suspended(Ready.never());
        store.queue().beat(new NodeBeat(Ids.node(), 7));
        clock.advance(Duration.ofSeconds(42));

        hasLines(
                "agent_runner_runs_unfinished{status=\"QUEUED\",waiting=\"\",workflow=\"slow\"} 2.0",
                "agent_runner_runs_unfinished{status=\"RUNNING\",waiting=\"\",workflow=\"" + workflow + "\"} 1.0",
                "agent_runner_queue_ready{queue=\"nightly\"} 2.0",
                "agent_runner_queue_oldest_seconds{queue=\"nightly\"} 42.0",
                "agent_runner_nodes 1.0",
                "agent_runner_nodes_capacity 7.0",
                "agent_runner_store_up 1.0");

        inner.breakDown();
        String away = metrics.scrape();
        inner.recover();

        assertThat(away).contains("agent_runner_store_up 0.0").doesNotContain("agent_runner_queue_ready{");
    }

    @Test
    void names_from_outside_break_neither_the_format_nor_the_bound() {
        String hostile = "a\"} 1\nagent_runner_evil 2\\\r\n# TYPE x";
        runs.appended(runs.creating(Ids.run(), spec(hostile, hostile)));
        for (int i = 0; i < 300; i++) {
            runs.appended(runs.creating(Ids.run(), spec("w" + i, "q" + i)));
        }

        String text = metrics.scrape();

        assertThat(text.lines()).allMatch(line -> line.startsWith("# ") || line.startsWith("agent_runner_"));
        assertThat(text.lines()).noneMatch(line -> line.startsWith("agent_runner_evil"));
        assertThat(text).contains("workflow=\"a\\\"} 1 agent_runner_evil 2\\\\  # TYPE x\"");
        assertThat(text.lines().filter(line -> line.startsWith("agent_runner_runs_submitted_total{")))
                .hasSize(101);
        assertThat(text.lines().filter(line -> line.startsWith("agent_runner_queue_ready{")))
                .hasSize(101);
        hasLines("agent_runner_runs_submitted_total{workflow=\"other\"} 201.0");
    }

    @Test
    void the_page_names_exactly_what_a_scrape_gives() throws Exception {
        metrics.streams(() -> 3);
        Claim claim = generation();
        runs.appended(runs.holding(claim)
                .event(EventType.RUN_RECOVERED, "{}")
                .stepEvent(EventType.STEP_ATTEMPT_FAILED, "a", "{\"attempt\":1}")
                .stepEvent(EventType.STEP_FAILED, "a", "{\"duration_ms\":1}"));
        runs.appended(runs.finishing(claim, RunStatus.COMPLETED));
        runs.queued();

        Set<String> scraped = names("(?m)^# TYPE (\\S+)", metrics.scrape());
        scraped.removeIf(name -> name.endsWith("_max"));
        Set<String> written = names("(?m)^\\| `(\\w+)`", Files.readString(Path.of("..", "docs", "metrics.md")));

        assertThat(scraped).isEqualTo(written);
        hasLines("agent_runner_streams 3.0");
    }

    private static Set<String> names(String pattern, String text) {
        Set<String> names = new TreeSet<>();
        Pattern.compile(pattern).matcher(text).results().forEach(match -> names.add(match.group(1)));
        return names;
    }

    @Test
    void runs_are_forgotten_when_this_node_is_through_with_them() {
        KnownRuns known = new KnownRuns();
        for (int i = 0; i < 20_000; i++) {
            known.add(Ids.run(), new KnownRuns.Known("w", clock.instant()));
        }
        assertThat(known.size()).isEqualTo(10_000);
    }
}
