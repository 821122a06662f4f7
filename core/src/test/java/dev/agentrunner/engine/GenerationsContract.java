package dev.agentrunner.engine;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.agentrunner.AgentRunner;
import dev.agentrunner.client.RunFailedException;
import dev.agentrunner.client.RunHandle;
import dev.agentrunner.live.Live;
import dev.agentrunner.live.LiveEvent;
import dev.agentrunner.llm.Budget;
import dev.agentrunner.llm.ModelSettings;
import dev.agentrunner.llm.Price;
import dev.agentrunner.spi.llm.ChatRequest;
import dev.agentrunner.spi.llm.Delta;
import dev.agentrunner.spi.llm.ModelException;
import dev.agentrunner.spi.llm.ModelException.Kind;
import dev.agentrunner.spi.llm.Spending;
import dev.agentrunner.spi.llm.Usage;
import dev.agentrunner.spi.model.Event;
import dev.agentrunner.spi.model.Json;
import dev.agentrunner.spi.model.RunStatus;
import dev.agentrunner.tck.fault.FaultyStore;
import dev.agentrunner.workflow.GenerateOptions;
import dev.agentrunner.workflow.GenerateOptions.Limits;
import dev.agentrunner.workflow.Reply;
import dev.agentrunner.workflow.RetryPolicy;
import dev.agentrunner.workflow.StepOptions;
import dev.agentrunner.workflow.Workflow;
import java.math.BigDecimal;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Queue;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.stream.Collectors;
import org.junit.jupiter.api.Test;

/** Steps that ask language models. */
public abstract class GenerationsContract extends EngineContract {

    private static final Duration LONG = Duration.ofHours(1);
    private static final GenerateOptions ONCE = GenerateOptions.DEFAULT.step(StepOptions.DEFAULT);

    private final StagedProvider staged = new StagedProvider("staged");
    private final StagedProvider other = new StagedProvider("other");

    private AgentRunner asking(ModelSettings settings, Workflow<?, ?>... workflows) throws Exception {
        return start(quick().models(settings.provider(staged).provider(other)), workflows);
    }

    private static Workflow<String, Reply> poem(GenerateOptions options) {
        return workflow(
                "poem", Reply.class, (run, in) -> run.generate("write", ChatRequest.of("staged/m1", in), options));
    }

    private static List<Event> events(AgentRunner runner, RunHandle run, String type) {
        return log(runner, run).stream()
                .filter(event -> event.type().name().equals(type))
                .toList();
    }

    private static ModelException failure(Kind kind) {
        return new ModelException(kind, "as the test wants it");
    }

    @Test
    void a_reply_is_the_result_of_its_step_and_the_log_tells_how_it_came() throws Exception {
        AgentRunner runner = asking(ModelSettings.DEFAULT.price("staged/*", Price.of("3", "15")), poem(ONCE));
        Queue<LiveEvent> seen = new ConcurrentLinkedQueue<>();
        try (Live.Watching watching = runner.live().watch(seen::add)) {
            assertThat(watching).isNotNull();
            RunHandle run = runner.submit(poem(ONCE), "a rose");
            StagedProvider.Call call = staged.next();
            call.says(new Delta.Opened(), new Delta.Thinking("hm"), new Delta.Text("Red"), new Delta.Text(" rose"));
            call.ends(1000, 200);

            Reply reply = run.await(Reply.class, SOON);

            assertThat(call.request.model()).isEqualTo("m1");
            assertThat(reply.text()).isEqualTo("Red rose");
            assertThat(reply.thinking()).isEqualTo("hm");
            assertThat(reply.model()).isEqualTo("staged/m1");
            assertThat(reply.costUsd()).isEqualByComparingTo("0.006");
            assertThat(types(runner, run))
                    .containsSubsequence(
                            "STEP_STARTED", "LLM_STARTED", "LLM_HEARTBEAT", "LLM_COMPLETED", "STEP_COMPLETED");
            assertThat(refolded(runner, run).spending())
                    .isEqualTo(new Spending(1, new Usage(1000, 200), new BigDecimal("0.006")));
            assertThat(seen)
                    .filteredOn(LiveEvent.Answering.class::isInstance)
                    .extracting(event -> ((LiveEvent.Answering) event).delta())
                    .containsExactly(
                            new Delta.Opened(),
                            new Delta.Thinking("hm"),
                            new Delta.Text("Red "),
                            new Delta.Text("rose"));
            assertThat(log(runner, run))
                    .noneMatch(event -> event.payload().text().contains("llm.delta"));
        }
    }

    @Test
    void a_model_that_has_answered_is_not_asked_again_on_another_node() throws Exception {
        Workflow<String, String> two = workflow("two", String.class, (run, in) -> {
            String first =
                    run.generate("first", ChatRequest.of("staged/m1", in), ONCE).text();
            return first
                    + run.generate("second", ChatRequest.of("staged/m1", in), ONCE)
                            .text();
        });
        FaultyStore connection = faulty();
        AgentRunner doomed = start(connection, quick().models(ModelSettings.DEFAULT.provider(staged)), two);
        RunHandle run = doomed.submit(two, "in");
        staged.next().says("a").ends(1, 1);
        StagedProvider.Call interrupted = staged.next();
        AgentRunner survivor = asking(ModelSettings.DEFAULT, two);
        kill(doomed, connection, survivor);

        staged.next().says("b").ends(1, 1);

        assertThat(survivor.handle(run.id()).await(String.class, SOON)).isEqualTo("ab");
        assertThat(staged.unseen()).isZero();
        assertThat(count(survivor, run, "LLM_COMPLETED")).isEqualTo(2);
        interrupted.close();
    }

    @Test
    void heartbeats_say_how_long_a_silent_model_has_been_waited_for() throws Exception {
        AgentRunner runner = asking(ModelSettings.DEFAULT.heartbeat(Duration.ofMillis(30)), poem(ONCE));
        RunHandle run = runner.submit(poem(ONCE), "in");
        StagedProvider.Call call = staged.next();
        eventually(() -> count(runner, run, "LLM_HEARTBEAT") >= 3);
        call.says(new Delta.Opened());
        eventually(() -> lastPhase(runner, run).equals("prompt"));
        call.says(new Delta.Thinking("…"));
        eventually(() -> lastPhase(runner, run).equals("thinking"));
        call.says("text");
        eventually(() -> lastPhase(runner, run).equals("generating"));
        call.ends(1, 1);
        run.await(Reply.class, SOON);

        List<Event> beats = events(runner, run, "LLM_HEARTBEAT");
        assertThat(beats.get(0).payload().tree().get("phase").asText()).isEqualTo("loading");
        assertThat(beats)
                .extracting(beat -> beat.payload().tree().get("elapsed_ms").asLong())
                .isSorted();
        assertThat(beats.get(beats.size() - 1).payload().tree().get("chunks").asLong())
                .isEqualTo(2);
    }

    /** What takes minutes with a heartbeat every 15 s takes a second with one every 20 ms. */
    @Test
    void the_log_of_a_long_answer_grows_with_the_time_it_takes_and_not_with_what_it_says() throws Exception {
        AgentRunner runner = asking(ModelSettings.DEFAULT.heartbeat(Duration.ofMillis(20)), poem(ONCE));
        RunHandle run = runner.submit(poem(ONCE), "in");
        StagedProvider.Call call = staged.next();
        int pieces = 0;
        while (pieces < 5_000 || count(runner, run, "LLM_HEARTBEAT") < 30) {
            call.says("word ");
            pieces++;
        }
        call.ends(1, pieces);
        assertThat(run.await(Reply.class, SOON).text()).hasSize(5 * pieces);

        List<Long> elapsed = events(runner, run, "LLM_HEARTBEAT").stream()
                .map(beat -> beat.payload().tree().get("elapsed_ms").asLong())
                .toList();
        for (int i = 1; i < elapsed.size(); i++) {
            assertThat(elapsed.get(i) - elapsed.get(i - 1)).isGreaterThanOrEqualTo(19);
        }
        assertThat(log(runner, run)).hasSizeLessThan(elapsed.size() + 12);
    }

    private static String lastPhase(AgentRunner runner, RunHandle run) {
        List<Event> beats = events(runner, run, "LLM_HEARTBEAT");
        return beats.get(beats.size() - 1).payload().tree().get("phase").asText();
    }

    @Test
    void cancel_reaches_a_model_that_has_not_said_anything() throws Exception {
        AgentRunner runner = asking(ModelSettings.DEFAULT, poem(ONCE));
        RunHandle run = runner.submit(poem(ONCE), "in");
        StagedProvider.Call call = staged.next();

        run.cancel("enough");

        assertThat(run.awaitEnd(SOON)).isEqualTo(RunStatus.CANCELED);
        assertThat(call.isOver()).isTrue();
        assertThat(count(runner, run, "LLM_COMPLETED")).isZero();
    }

    @Test
    void a_model_that_is_silent_for_too_long_is_given_up() throws Exception {
        Duration little = Duration.ofMillis(50);
        List<Limits> all =
                List.of(new Limits(little, LONG, LONG), new Limits(LONG, little, LONG), new Limits(LONG, LONG, little));
        for (Limits limits : all) {
            Workflow<String, Reply> impatient = poem(ONCE.limits(limits));
            AgentRunner runner = asking(ModelSettings.DEFAULT, impatient);
            RunHandle run = runner.submit(impatient, "in");
            StagedProvider.Call call = staged.next();
            if (limits.idle().equals(little)) {
                call.says("once");
            }

            assertThatThrownBy(() -> run.await(Reply.class, SOON))
                    .isInstanceOfSatisfying(
                            RunFailedException.class,
                            failed -> assertThat(failed.failure().kind()).isEqualTo("timeout"));
            assertThat(call.isOver()).isTrue();
            assertThat(count(runner, run, "LLM_FAILED")).isEqualTo(1);
            // The next heartbeat, which also looks at the limits, would come after 15 s only.
            assertThat(count(runner, run, "LLM_HEARTBEAT")).isEqualTo(1);
            runner.close();
        }
    }

    @Test
    void the_next_model_is_asked_when_one_fails() throws Exception {
        Workflow<String, Reply> poem = poem(ONCE.fallbacks("staged/m2", "other/m3"));
        AgentRunner runner = asking(ModelSettings.DEFAULT, poem);
        RunHandle run = runner.submit(poem, "in");
        staged.next().fails(failure(Kind.OVERLOADED));
        StagedProvider.Call second = staged.next();
        second.fails(failure(Kind.MODEL_NOT_FOUND));
        other.next().says("here").ends(1, 1);

        assertThat(run.await(Reply.class, SOON).model()).isEqualTo("other/m3");
        assertThat(second.request.model()).isEqualTo("m2");
        assertThat(count(runner, run, "LLM_FAILED")).isEqualTo(2);
        assertThat(count(runner, run, "STEP_ATTEMPT_FAILED")).isZero();
    }

    @Test
    void a_busy_provider_is_asked_again_when_it_said_so() throws Exception {
        Duration demanded = Duration.ofSeconds(2);
        Workflow<String, Reply> poem =
                poem(ONCE.step(StepOptions.retry(RetryPolicy.attempts(2).backoff(Duration.ofMillis(10)))));
        AgentRunner runner = asking(ModelSettings.DEFAULT, poem);
        RunHandle run = runner.submit(poem, "in");
        staged.next().fails(new ModelException(Kind.OVERLOADED, "busy", demanded));
        staged.next().says("now").ends(1, 1);

        assertThat(run.await(Reply.class, SOON).text()).isEqualTo("now");
        Event failed = events(runner, run, "STEP_ATTEMPT_FAILED").get(0);
        Instant retryAt = Instant.parse(failed.payload().tree().get("retry_at").asText());
        assertThat(Duration.between(failed.createdAt(), retryAt)).isGreaterThan(demanded.minusMillis(500));
    }

    @Test
    void what_cannot_succeed_is_not_tried_again() throws Exception {
        AgentRunner runner = asking(ModelSettings.DEFAULT, poem(GenerateOptions.DEFAULT));
        RunHandle run = runner.submit(poem(GenerateOptions.DEFAULT), "in");
        staged.next().fails(failure(Kind.UNAUTHORIZED));

        assertThatThrownBy(() -> run.await(Reply.class, SOON)).hasMessageContaining("as the test wants it");
        assertThat(count(runner, run, "LLM_STARTED")).isEqualTo(1);
    }

    @Test
    void an_unknown_provider_is_named_together_with_those_there_are() throws Exception {
        Workflow<String, Reply> lost =
                workflow("lost", Reply.class, (run, in) -> run.generate("ask", ChatRequest.of("nobody/x", in)));
        AgentRunner runner = asking(ModelSettings.DEFAULT, lost);
        assertThatThrownBy(() -> runner.submit(lost, "in").await(Reply.class, SOON))
                .isInstanceOfSatisfying(RunFailedException.class, failed -> {
                    assertThat(failed.failure().kind()).isEqualTo("unknown_provider");
                    assertThat(failed.failure().message()).contains("nobody/x", "other, staged");
                });
    }

    @Test
    void a_run_that_has_spent_its_budget_fails_and_says_so() throws Exception {
        Workflow<String, String> greedy = workflow("greedy", String.class, (run, in) -> {
            StringBuilder all = new StringBuilder();
            for (int i = 0; i < 5; i++) {
                all.append(run.generate("ask", ChatRequest.of("staged/m1", in), ONCE)
                        .text());
            }
            return all.toString();
        });
        List<Budget> budgets = List.of(
                Budget.UNLIMITED.calls(2), Budget.UNLIMITED.tokens(30), Budget.UNLIMITED.costUsd(new BigDecimal("30")));
        for (Budget budget : budgets) {
            AgentRunner runner = asking(
                    ModelSettings.DEFAULT.budget(budget).price("staged/*", Price.of("1000000", "1000000")), greedy);
            RunHandle run = runner.submit(greedy, "in");
            staged.next().says("x").ends(10, 5);
            staged.next().says("x").ends(10, 5);

            assertThatThrownBy(() -> run.await(String.class, SOON))
                    .isInstanceOfSatisfying(
                            RunFailedException.class,
                            failed -> assertThat(failed.failure().kind()).isEqualTo("budget_exceeded"));
            assertThat(staged.unseen()).isZero();
            runner.close();
        }
    }

    @Test
    void no_more_generations_are_under_way_than_allowed() throws Exception {
        StagedProvider busy = new StagedProvider("busy");
        Workflow<String, String> many = workflow(
                "many",
                String.class,
                (run, in) -> String.join(
                        "",
                        run.map(
                                "all",
                                String.class,
                                List.of(1, 2, 3, 4, 5, 6),
                                6,
                                (branch, item) -> branch.generate("ask", ChatRequest.of("busy/m" + item % 2, in), ONCE)
                                        .text())));
        AgentRunner runner = start(
                quick().models(ModelSettings.DEFAULT
                        .provider(busy)
                        .limit("busy/*", 3)
                        .limit("busy/m1", 1)),
                many);
        RunHandle run = runner.submit(many, "in");
        List<String> models = new ArrayList<>();
        for (int i = 0; i < 6; i++) {
            StagedProvider.Call call = busy.next();
            models.add(call.request.model());
            call.says("x").ends(1, 1);
        }
        assertThat(run.await(String.class, SOON)).isEqualTo("xxxxxx");
        assertThat(models).containsOnly("m0", "m1");
        assertThat(busy.mostAtOnce()).isLessThanOrEqualTo(3);
    }

    @Test
    void a_secret_is_neither_stored_nor_streamed_also_when_it_comes_in_pieces() throws Exception {
        String key = "sk-" + "a1B2".repeat(8);
        Workflow<String, String> leaking = workflow("leaking", String.class, (run, in) -> {
            run.log("my password is hunter22");
            run.step("told", step -> {
                step.emit("x.told", Map.of("key", key));
                throw new IllegalStateException("hunter22 was refused");
            });
            return "";
        });
        Workflow<String, String> asking = workflow(
                "asking",
                String.class,
                (run, in) -> run.generate("ask", ChatRequest.of("staged/m1", in), ONCE)
                        .text());
        AgentRunner runner = start(
                quick().secrets(List.of("hunter22")).models(ModelSettings.DEFAULT.provider(staged)), leaking, asking);
        Queue<LiveEvent> seen = new ConcurrentLinkedQueue<>();
        try (Live.Watching watching = runner.live().watch(seen::add)) {
            assertThat(watching).isNotNull();
            RunHandle run = runner.submit(asking, "say hunter22");
            StagedProvider.Call call = staged.next();
            assertThat(call.request.messages().get(0).text()).contains("hunter22");
            call.says("It is hun")
                    .says("ter22, and ")
                    .says(key.substring(0, 9))
                    .says(key.substring(9))
                    .ends(1, 1);

            assertThat(run.await(String.class, SOON)).isEqualTo("It is [redacted], and [redacted]");
            RunHandle failing = runner.submit(leaking, "");
            assertThat(failing.awaitEnd(SOON)).isEqualTo(RunStatus.FAILED);

            String stored = log(runner, run).stream()
                            .skip(1)
                            .map(event -> event.payload().text())
                            .collect(Collectors.joining())
                    + log(runner, failing).stream()
                            .map(event -> event.payload().text())
                            .collect(Collectors.joining());
            assertThat(stored + seen).contains("[redacted]").doesNotContain("hunter22", key, key.substring(9));
        }
    }

    @Test
    void a_prompt_that_was_probably_cut_is_warned_of() throws Exception {
        Workflow<String, Reply> small = workflow(
                "small",
                Reply.class,
                (run, in) -> run.generate(
                        "ask", ChatRequest.of("staged/m1", in).withOptions(new Json("{\"num_ctx\":16}")), ONCE));
        AgentRunner runner = asking(ModelSettings.DEFAULT, small);
        RunHandle run = runner.submit(small, "a prompt");
        staged.next().says("x").ends(16, 1);
        run.await(Reply.class, SOON);
        assertThat(events(runner, run, "LOG"))
                .singleElement()
                .satisfies(event -> assertThat(event.payload().text()).contains("WARN", "probably cut", "num_ctx"));
    }
}
