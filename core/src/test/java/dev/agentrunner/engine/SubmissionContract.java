package dev.agentrunner.engine;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.agentrunner.AgentRunner;
import dev.agentrunner.client.ForkOptions;
import dev.agentrunner.client.IdempotencyKeyReusedException;
import dev.agentrunner.client.RunFailedException;
import dev.agentrunner.client.RunHandle;
import dev.agentrunner.client.SubmitOptions;
import dev.agentrunner.client.UnknownRunException;
import dev.agentrunner.client.UnknownWorkflowException;
import dev.agentrunner.spi.log.RunLog;
import dev.agentrunner.spi.model.Event;
import dev.agentrunner.spi.model.Json;
import dev.agentrunner.spi.model.RunId;
import dev.agentrunner.spi.model.RunSpec;
import dev.agentrunner.spi.model.RunStatus;
import dev.agentrunner.spi.model.Waiting;
import dev.agentrunner.spi.queue.Rate;
import dev.agentrunner.spi.store.Store;
import dev.agentrunner.tck.fault.ForwardingLog;
import dev.agentrunner.tck.fault.ForwardingStore;
import dev.agentrunner.workflow.Workflow;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Collection;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

/** Submission: keys, deadlines, queues with priorities, limits and rates. */
public abstract class SubmissionContract extends EngineContract {

    private final Workflow<String, String> echo =
            workflow("echo", String.class, (run, in) -> run.step("say", String.class, step -> in));

    @Test
    void the_same_key_gives_the_same_run_also_at_the_same_time_on_two_nodes() throws Exception {
        AgentRunner one = runner(echo);
        AgentRunner two = runner(echo);
        SubmitOptions options = SubmitOptions.DEFAULT.idempotencyKey("k");

        List<CompletableFuture<RunHandle>> submitted = IntStream.range(0, 20)
                .mapToObj(i -> (i % 2 == 0 ? one : two).submitAsync(echo, "a", options))
                .toList();

        assertThat(submitted)
                .extracting(each -> each.join().id())
                .containsOnly(submitted.get(0).join().id());
        assertThat(two.submit(echo, "a", options).await(String.class, SOON)).isEqualTo("a");
        assertThat(count(one, submitted.get(0).join(), "STEP_STARTED")).isEqualTo(1);
    }

    @Test
    void exactly_one_of_those_who_submit_with_one_key_made_the_run() throws Exception {
        AgentRunner one = runner(echo);
        AgentRunner two = runner(echo);
        SubmitOptions options = SubmitOptions.DEFAULT.idempotencyKey("k".repeat(RunSpec.MAX_KEY_LENGTH));

        List<CompletableFuture<RunHandle>> submitted = IntStream.range(0, 20)
                .mapToObj(i -> (i % 2 == 0 ? one : two).submitAsync(echo, "a", options))
                .toList();

        assertThat(submitted).filteredOn(each -> each.join().created()).hasSize(1);
        assertThat(one.handle(submitted.get(0).join().id()).created()).isFalse();
        RunHandle run = one.submit("echo", new Json("\"b\""), SubmitOptions.DEFAULT);
        run.awaitEnd(SOON);
        assertThat(run.created()).isTrue();
        assertThat(run.fork(ForkOptions.RETRY).created()).isTrue();
    }

    @Test
    void a_workflow_that_is_named_is_of_the_version_that_is_asked_for_or_else_the_newest() throws Exception {
        List<Workflow<String, String>> versions = new ArrayList<>();
        for (String version : List.of("1", "3", "2")) {
            versions.add(Workflow.named("many", version)
                    .input(String.class)
                    .output(String.class)
                    .body((run, in) -> "by " + version));
        }
        AgentRunner runner = runner(versions.toArray(Workflow[]::new));
        Json input = new Json("\"\"");

        assertThat(runner.submit("many", input, SubmitOptions.DEFAULT).await(String.class, SOON))
                .isEqualTo("by 2");
        assertThat(runner.submit("many", input, SubmitOptions.DEFAULT.version("3"))
                        .await(String.class, SOON))
                .isEqualTo("by 3");
        assertThatThrownBy(() -> runner.submit("many", input, SubmitOptions.DEFAULT.version("4")))
                .isInstanceOf(UnknownWorkflowException.class)
                .hasMessageContaining("many v4");
    }

    @Test
    void a_key_used_for_anything_else_than_the_same_submission_is_refused() throws Exception {
        AgentRunner runner = start(
                quick(),
                echo,
                Workflow.named("echo", "2")
                        .input(String.class)
                        .output(String.class)
                        .body((r, in) -> in));
        SubmitOptions options = SubmitOptions.DEFAULT
                .idempotencyKey("k")
                .named("n")
                .labels(Map.of("a", "b"))
                .models(Map.of("say", "p/m"));
        Json input = new Json("{\"x\": 1}");
        RunHandle run = runner.submit("echo", new Json("\"in\""), options);

        for (SubmitOptions other : List.of(
                options.named("other"),
                options.labels(Map.of()),
                options.queue("other"),
                options.priority(7),
                options.models(Map.of()),
                options.version("1"))) {
            assertThatThrownBy(() -> runner.submit("echo", new Json("\"in\""), other))
                    .as("%s", other)
                    .isInstanceOf(IdempotencyKeyReusedException.class)
                    .hasMessageContaining(run.id().toString());
        }
        assertThatThrownBy(() -> runner.submit("echo", input, options))
                .isInstanceOf(IdempotencyKeyReusedException.class);
        for (SubmitOptions same :
                List.of(options, options.version("2"), options.deadline(SOON), options.version(null))) {
            assertThat(runner.submit("echo", new Json(" \"in\""), same).id()).isEqualTo(run.id());
        }
    }

    @Test
    void a_key_used_for_another_input_is_refused() throws Exception {
        AgentRunner runner = runner(echo);
        SubmitOptions options = SubmitOptions.DEFAULT.idempotencyKey("k");
        runner.submit(echo, "a", options).await(String.class, SOON);

        assertThatThrownBy(() -> runner.submit(echo, "b", options)).isInstanceOf(IdempotencyKeyReusedException.class);
        assertThat(runner.submit(echo, "a", options).await(String.class, SOON)).isEqualTo("a");
    }

    @Test
    void the_application_may_wait_for_runs_where_it_is_told_of_runs() throws Exception {
        AgentRunner runner = runner(echo);

        CompletableFuture<String> chained = runner.submitAsync(echo, "a", SubmitOptions.DEFAULT)
                .thenCompose(first -> first.ended().thenApply(status -> awaited(first)))
                .thenApply(first -> awaited(runner.submit(echo, first + "b")));

        assertThat(chained.get(SOON.toMillis(), TimeUnit.MILLISECONDS)).isEqualTo("ab");
    }

    private static String awaited(RunHandle run) {
        try {
            return run.await(String.class, SOON);
        } catch (InterruptedException e) {
            throw new IllegalStateException(e);
        }
    }

    @Test
    void unknown_workflows_and_runs_are_said_to_be_unknown() throws Exception {
        AgentRunner runner = runner(echo);
        RunHandle nobody = runner.handle(new RunId(UUID.fromString("01890000-0000-7000-8000-000000000000")));

        assertThatThrownBy(() -> runner.submit("none", Json.NULL, SubmitOptions.DEFAULT))
                .isInstanceOf(UnknownWorkflowException.class);
        assertThatThrownBy(nobody::status).isInstanceOf(UnknownRunException.class);
        assertThatThrownBy(() -> nobody.await(String.class, SOON)).isInstanceOf(UnknownRunException.class);
        assertThatThrownBy(() -> nobody.cancel("x")).isInstanceOf(UnknownRunException.class);
    }

    @Test
    void text_that_is_no_json_is_refused_before_it_is_recorded() throws Exception {
        AgentRunner runner = runner(echo);

        assertThatThrownBy(() -> runner.submit("echo", new Json("{no json"), SubmitOptions.DEFAULT))
                .hasMessageContaining("not JSON");
    }

    @Test
    void a_run_that_executes_past_its_deadline_fails() throws Exception {
        Workflow<String, String> slow = workflow(
                "slow",
                String.class,
                (run, in) -> run.step("wait", String.class, s -> {
                    testOver.await();
                    return "";
                }));
        AgentRunner runner = runner(slow);

        RunHandle run = overdue(runner, slow, "STEP_STARTED");

        assertThat(types(runner, run)).endsWith("STEP_CANCELED", "RUN_FAILED");
        refolded(runner, run);
    }

    @Test
    void a_stubborn_body_does_not_outlive_the_deadline() throws Exception {
        Workflow<String, String> slow = workflow(
                "slow",
                String.class,
                (run, in) -> run.step("wait", String.class, s -> {
                    awaitStubbornly(testOver);
                    return "";
                }));
        AgentRunner runner = start(quick().cancelGrace(Duration.ofMillis(50)), slow);

        assertDeadlineExceeded(runner.submit(slow, "", SubmitOptions.DEFAULT.deadline(Duration.ofMillis(50))));
    }

    @Test
    void a_run_that_waits_past_its_deadline_fails() throws Exception {
        Workflow<String, String> waiting =
                workflow("waiting", String.class, (run, in) -> run.await("never", String.class));
        AgentRunner runner = runner(waiting);

        RunHandle run = overdue(runner, waiting, "RUN_SUSPENDED");

        assertThat(types(runner, run)).endsWith("RUN_WOKEN", "STEP_CANCELED", "RUN_FAILED");
    }

    /** A run that came so far before its deadline passed; on a busy machine that takes a later deadline. */
    private static RunHandle overdue(AgentRunner runner, Workflow<String, ?> workflow, String event) throws Exception {
        for (Duration left = Duration.ofMillis(100); ; left = left.multipliedBy(3)) {
            RunHandle run = runner.submit(workflow, "", SubmitOptions.DEFAULT.deadline(left));
            assertDeadlineExceeded(run);
            if (types(runner, run).contains(event)) {
                return run;
            }
        }
    }

    @Test
    void a_run_whose_deadline_passed_in_the_queue_executes_nothing() throws Exception {
        AtomicInteger executed = new AtomicInteger();
        Workflow<String, String> late = workflow("late", String.class, (run, in) -> {
            executed.incrementAndGet();
            return run.step("say", String.class, step -> in);
        });
        AgentRunner submitting = start(quick().workers(0), late);
        RunHandle run = submitting.submit(late, "", SubmitOptions.DEFAULT.deadline(Duration.ofMillis(1)));
        Instant created = view(submitting, run).times().created();
        eventually(() -> Instant.now().isAfter(created.plusMillis(50)));

        runner(late);

        assertDeadlineExceeded(run);
        assertThat(executed).hasValue(0);
    }

    private static void assertDeadlineExceeded(RunHandle run) {
        assertThatThrownBy(() -> run.await(String.class, SOON))
                .isInstanceOfSatisfying(
                        RunFailedException.class,
                        failed -> assertThat(failed.failure().kind()).isEqualTo("deadline_exceeded"));
    }

    @Test
    void higher_priorities_go_first_and_equals_in_the_order_of_submission() throws Exception {
        List<String> order = Collections.synchronizedList(new ArrayList<>());
        Workflow<String, String> note = workflow(
                "note",
                String.class,
                (run, in) -> run.step("say", String.class, s -> {
                    order.add(in);
                    return in;
                }));
        AgentRunner submitting = start(quick().workers(0), note);
        List<RunHandle> runs = new ArrayList<>();
        for (int i = 0; i < 6; i++) {
            runs.add(submitting.submit(note, (i % 3) + "/" + i, SubmitOptions.DEFAULT.priority(i % 3)));
            // Among runs that became ready in the same millisecond any order would do.
            Instant created = view(submitting, runs.get(i)).times().created();
            eventually(() -> Instant.now().isAfter(created.plusMillis(3)));
        }

        start(quick().workers(1), note);
        for (RunHandle run : runs) {
            run.await(String.class, SOON);
        }

        assertThat(order).containsExactly("2/2", "2/5", "1/1", "1/4", "0/0", "0/3");
    }

    @Test
    void a_queue_is_limited_on_each_node_and_over_both_and_holds_up_no_other() throws Exception {
        AtomicInteger underWay = new AtomicInteger();
        AtomicInteger most = new AtomicInteger();
        CountDownLatch full = new CountDownLatch(3);
        CountDownLatch go = new CountDownLatch(1);
        Workflow<String, String> busy = workflow(
                "busy",
                String.class,
                (run, in) -> run.step("work", String.class, s -> {
                    most.accumulateAndGet(underWay.incrementAndGet(), Math::max);
                    full.countDown();
                    go.await();
                    underWay.decrementAndGet();
                    return in;
                }));
        AgentRunner one = start(quick().queue("narrow", 2, 3), busy, echo);
        start(quick().queue("narrow", 2, 3), busy, echo);
        List<RunHandle> runs = IntStream.range(0, 9)
                .mapToObj(i -> one.submit(busy, "", SubmitOptions.DEFAULT.queue("narrow")))
                .toList();

        await(full);
        assertThat(one.submit(echo, "other").await(String.class, SOON)).isEqualTo("other");
        go.countDown();
        for (RunHandle run : runs) {
            run.await(String.class, SOON);
        }

        assertThat(most).hasValue(3);
    }

    @Test
    void a_rate_bounds_how_many_runs_begin_in_a_period() throws Exception {
        Duration period = Duration.ofMillis(400);
        AgentRunner runner = start(quick().queue("slow", null, null, new Rate(2, period)), echo);

        List<RunHandle> runs = IntStream.range(0, 5)
                .mapToObj(i -> runner.submit(echo, "", SubmitOptions.DEFAULT.queue("slow")))
                .toList();
        List<Instant> begun = new ArrayList<>();
        for (RunHandle run : runs) {
            run.await(String.class, SOON);
            begun.add(view(runner, run).times().started());
        }

        Collections.sort(begun);
        // A run begins a moment after it was claimed, so two beginnings are a little nearer than two claims.
        for (int i = 2; i < begun.size(); i++) {
            assertThat(Duration.between(begun.get(i - 2), begun.get(i))).isGreaterThan(period.dividedBy(2));
        }
    }

    @Test
    void handles_end_when_their_runner_is_closed() throws Exception {
        Workflow<String, String> waiting =
                workflow("waiting", String.class, (run, in) -> run.await("never", String.class));
        AgentRunner runner = runner(waiting);
        RunHandle run = runner.submit(waiting, "");
        CompletableFuture<RunStatus> ended = run.ended();

        runner.close();

        assertThatThrownBy(() -> ended.orTimeout(10, java.util.concurrent.TimeUnit.SECONDS)
                        .join())
                .hasMessageContaining("closed");
    }

    @Test
    void inv05_the_status_of_a_run_is_known_without_its_log() throws Exception {
        Workflow<String, String> waiting =
                workflow("waiting", String.class, (run, in) -> run.await("go", String.class));
        Store store = connect();
        AtomicBoolean unreadable = new AtomicBoolean();
        RunLog log = new ForwardingLog(store.log()) {
            @Override
            public Map<RunId, List<Event>> readAll(Collection<RunId> runs) {
                assertThat(unreadable).as("the log is read").isFalse();
                return whole.readAll(runs);
            }
        };
        AgentRunner runner = start(ForwardingStore.with(store, log), quick(), waiting);
        RunHandle run = runner.submit(waiting, "");
        awaitWaiting(runner, run, Waiting.SIGNAL);

        unreadable.set(true);
        assertThat(run.status()).isEqualTo(RunStatus.RUNNING);
        unreadable.set(false);
        run.signal("go", "");
        run.awaitEnd(SOON);
        unreadable.set(true);
        assertThat(run.status()).isEqualTo(RunStatus.COMPLETED);
    }
}
