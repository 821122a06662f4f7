package dev.agentrunner.engine;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.agentrunner.AgentRunner;
import dev.agentrunner.client.ForkOptions;
import dev.agentrunner.client.RunFailedException;
import dev.agentrunner.client.RunHandle;
import dev.agentrunner.llm.Budget;
import dev.agentrunner.llm.ModelSettings;
import dev.agentrunner.llm.Price;
import dev.agentrunner.spi.catalog.StepView;
import dev.agentrunner.spi.llm.ChatRequest;
import dev.agentrunner.spi.llm.ModelException;
import dev.agentrunner.spi.llm.ModelException.Kind;
import dev.agentrunner.spi.llm.Spending;
import dev.agentrunner.spi.llm.Usage;
import dev.agentrunner.spi.model.RunStatus;
import dev.agentrunner.tck.fault.FaultyStore;
import dev.agentrunner.workflow.GenerateOptions;
import dev.agentrunner.workflow.RetryPolicy;
import dev.agentrunner.workflow.RunContext;
import dev.agentrunner.workflow.StepOptions;
import dev.agentrunner.workflow.Workflow;
import java.math.BigDecimal;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;

/** INV-5: what the catalog shows that runs and steps have spent on models equals the fold of their logs. */
public abstract class SpendingContract extends EngineContract {

    private static final GenerateOptions ONCE = GenerateOptions.DEFAULT.step(StepOptions.DEFAULT);
    private static final GenerateOptions TWICE = GenerateOptions.DEFAULT.step(
            StepOptions.retry(RetryPolicy.attempts(2).backoff(Duration.ofMillis(5))));

    private static final ModelSettings PRICED = ModelSettings.DEFAULT.price("paid/*", Price.of("3", "15"));

    private final StagedProvider paid = new StagedProvider("paid");
    private final StagedProvider free = new StagedProvider("free");

    private AgentRunner asking(ModelSettings settings, Workflow<?, ?>... workflows) throws Exception {
        return start(quick().models(settings.provider(paid).provider(free)), workflows);
    }

    private static String ask(RunContext run, String step, String model, GenerateOptions options) {
        return run.generate(step, ChatRequest.of(model, "?"), options).text();
    }

    private static Spending spent(long calls, long in, long out, @Nullable String costUsd) {
        return new Spending(calls, new Usage(in, out), costUsd == null ? null : new BigDecimal(costUsd));
    }

    private static ModelException busy() {
        return new ModelException(Kind.OVERLOADED, "busy");
    }

    private static Map<String, Spending> bySteps(AgentRunner runner, RunHandle run) {
        return runner.store().catalog().steps(run.id()).stream()
                .collect(Collectors.toMap(step -> step.step().name(), StepView::usage));
    }

    @Test
    void retries_and_fallbacks_count_as_calls_of_their_step() throws Exception {
        Workflow<String, String> two = workflow(
                "two",
                String.class,
                (run, in) -> ask(run, "first", "paid/a", TWICE.fallbacks("free/b"))
                        + run.step("plain", String.class, step -> "-")
                        + ask(run, "second", "paid/a", ONCE));
        AgentRunner runner = asking(PRICED, two);
        RunHandle run = runner.submit(two, "");
        paid.next().fails(busy());
        free.next().fails(busy());
        paid.next().fails(busy());
        free.next().says("x").ends(7, 8);
        paid.next().says("y").ends(1_000_000, 1_000_000);

        assertThat(run.await(String.class, SOON)).isEqualTo("x-y");
        assertThat(refolded(runner, run).spending()).isEqualTo(spent(5, 1_000_007, 1_000_008, "18"));
        assertThat(bySteps(runner, run))
                .isEqualTo(Map.of(
                        "first", spent(4, 7, 8, null),
                        "plain", Spending.NONE,
                        "second", spent(1, 1_000_000, 1_000_000, "18")));
    }

    @Test
    void a_run_shows_what_it_spends_while_it_goes_on() throws Exception {
        Workflow<String, String> two = workflow(
                "two",
                String.class,
                (run, in) -> ask(run, "first", "paid/a", ONCE) + ask(run, "second", "paid/a", ONCE));
        AgentRunner runner = asking(ModelSettings.DEFAULT.price("paid/*", Price.of("10", "0")), two);
        RunHandle run = runner.submit(two, "");
        StagedProvider.Call call = paid.next();
        eventually(() -> view(runner, run).usage().equals(spent(1, 0, 0, null)));
        call.says("x").ends(1_000_000, 5);
        StagedProvider.Call second = paid.next();
        eventually(() -> view(runner, run).usage().equals(spent(2, 1_000_000, 5, "10")));
        refolded(runner, run);
        second.says("y").ends(1_000_000, 5);

        run.await(String.class, SOON);
        assertThat(refolded(runner, run).spending()).isEqualTo(spent(2, 2_000_000, 10, "20"));
    }

    @Test
    void what_a_dead_node_spent_stays_and_what_its_heir_spends_is_added() throws Exception {
        Workflow<String, String> one = workflow("one", String.class, (run, in) -> ask(run, "only", "paid/a", ONCE));
        FaultyStore connection = faulty();
        AgentRunner doomed = start(connection, quick().models(PRICED.provider(paid)), one);
        RunHandle run = doomed.submit(one, "");
        StagedProvider.Call interrupted = paid.next();
        AgentRunner survivor = asking(PRICED, one);
        eventually(() -> view(survivor, run).usage().calls() == 1);
        kill(doomed, connection, survivor);
        paid.next().says("x").ends(1_000, 1_000);

        assertThat(survivor.handle(run.id()).await(String.class, SOON)).isEqualTo("x");
        assertThat(refolded(survivor, run).spending()).isEqualTo(spent(2, 1_000, 1_000, "0.018"));
        interrupted.close();
    }

    @Test
    void branches_that_ask_at_once_add_up() throws Exception {
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
                                (branch, item) -> ask(branch, "ask", "paid/a", ONCE))));
        AgentRunner runner = asking(PRICED, many);
        RunHandle run = runner.submit(many, "");
        for (int i = 1; i <= 6; i++) {
            paid.next().says("x").ends(i, i);
        }
        run.await(String.class, SOON);
        assertThat(refolded(runner, run).spending()).isEqualTo(spent(6, 21, 21, "0.000378"));
    }

    @Test
    void a_canceled_and_a_failed_run_keep_what_they_spent() throws Exception {
        Workflow<String, String> greedy = workflow(
                "greedy", String.class, (run, in) -> ask(run, "a", "paid/a", ONCE) + ask(run, "b", "paid/a", ONCE));
        AgentRunner runner = asking(PRICED.budget(Budget.UNLIMITED.calls(1)), greedy);
        RunHandle failing = runner.submit(greedy, "");
        paid.next().says("x").ends(10, 10);
        assertThatThrownBy(() -> failing.await(String.class, SOON)).isInstanceOf(RunFailedException.class);
        RunHandle canceled = runner.submit(greedy, "");
        StagedProvider.Call call = paid.next();
        canceled.cancel("enough");
        assertThat(canceled.awaitEnd(SOON)).isEqualTo(RunStatus.CANCELED);

        assertThat(refolded(runner, failing).spending()).isEqualTo(spent(1, 10, 10, "0.00018"));
        assertThat(refolded(runner, canceled).spending()).isEqualTo(spent(1, 0, 0, null));
        assertThat(call.isOver()).isTrue();
    }

    @Test
    void a_fork_has_spent_nothing_on_the_results_that_it_begins_with() throws Exception {
        Workflow<String, String> two = workflow(
                "two",
                String.class,
                (run, in) -> ask(run, "first", "paid/a", ONCE) + ask(run, "second", "paid/a", ONCE));
        AgentRunner runner = asking(PRICED, two);
        RunHandle run = runner.submit(two, "");
        paid.next().says("x").ends(10, 10);
        paid.next().says("y").ends(20, 20);
        run.await(String.class, SOON);

        RunHandle fork = run.fork(ForkOptions.from("second"));
        paid.next().says("z").ends(1, 1);

        assertThat(fork.await(String.class, SOON)).isEqualTo("xz");
        assertThat(refolded(runner, fork).spending()).isEqualTo(spent(1, 1, 1, "0.000018"));
        assertThat(bySteps(runner, fork))
                .isEqualTo(Map.of("first", Spending.NONE, "second", spent(1, 1, 1, "0.000018")));
        assertThat(refolded(runner, run).spending()).isEqualTo(spent(2, 30, 30, "0.00054"));
    }
}
