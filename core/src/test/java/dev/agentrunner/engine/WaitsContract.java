package dev.agentrunner.engine;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.agentrunner.AgentRunner;
import dev.agentrunner.client.RunFailedException;
import dev.agentrunner.client.RunFinishedException;
import dev.agentrunner.client.RunHandle;
import dev.agentrunner.spi.error.StoreUnavailableException;
import dev.agentrunner.spi.model.Event;
import dev.agentrunner.spi.model.EventType;
import dev.agentrunner.spi.model.RunId;
import dev.agentrunner.spi.model.RunStatus;
import dev.agentrunner.spi.model.Waiting;
import dev.agentrunner.spi.store.Store;
import dev.agentrunner.tck.fault.ForwardingLog;
import dev.agentrunner.tck.fault.ForwardingStore;
import dev.agentrunner.workflow.Branches.Branch;
import dev.agentrunner.workflow.StepFailedException;
import dev.agentrunner.workflow.Workflow;
import java.io.IOException;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

/** Timers, signals and pauses: a run that waits holds nothing, and goes on when what it waits for happens. */
public abstract class WaitsContract extends EngineContract {

    private final Workflow<String, String> asking = workflow(
            "asking", String.class, (run, in) -> run.await("answer", String.class) + run.await("answer", String.class));

    @Test
    void a_sleep_lasts_at_least_as_long_as_asked_whether_short_or_long() throws Exception {
        Workflow<Integer, Integer> sleeping = Workflow.named("sleeping", "1")
                .input(Integer.class)
                .output(Integer.class)
                .body((run, millis) -> {
                    Instant before = run.now();
                    run.sleep(Duration.ofMillis(millis));
                    return (int) Duration.between(before, run.now()).toMillis();
                });
        AgentRunner runner = runner(sleeping);

        for (int millis : new int[] {0, 1, 15, 300}) {
            RunHandle run = runner.submit(sleeping, millis);
            assertThat(run.await(Integer.class, SOON)).isGreaterThanOrEqualTo(millis);
            assertThat(count(runner, run, "RUN_SUSPENDED")).isEqualTo(millis == 300 ? 1 : 0);
            refolded(runner, run);
        }
    }

    @Test
    void a_sleep_survives_the_end_of_its_runner() throws Exception {
        Workflow<String, String> sleeping = workflow("sleeping", String.class, (run, in) -> {
            run.step("before", step -> {});
            run.sleep(Duration.ofMillis(600));
            return run.step("after", String.class, step -> "awake");
        });
        AgentRunner first = runner(sleeping);
        RunHandle run = first.submit(sleeping, "");
        awaitWaiting(first, run, Waiting.TIMER);
        first.close();

        AgentRunner second = runner(sleeping);

        assertThat(second.handle(run.id()).await(String.class, SOON)).isEqualTo("awake");
        assertThat(count(second, run, "STEP_STARTED")).isEqualTo(3);
        assertThat(count(second, run, "RUN_RECOVERED")).isZero();
    }

    @Test
    void signals_are_taken_in_the_order_in_which_they_came_whether_before_or_while_waiting() throws Exception {
        AgentRunner submitting = start(quick().workers(0), asking);
        RunHandle run = submitting.submit(asking, "");
        run.signal("other", "z");
        run.signal("answer", "a");
        AgentRunner runner = runner(asking);
        awaitWaiting(runner, run, Waiting.SIGNAL);

        run.signal("other", "y");
        run.signal("answer", "b");

        assertThat(runner.handle(run.id()).await(String.class, SOON)).isEqualTo("ab");
        refolded(runner, run);
    }

    @Test
    void each_of_many_who_send_signals_at_once_learns_what_became_of_his() throws Exception {
        AgentRunner one = runner(asking);
        AgentRunner two = start(quick().workers(0), asking);
        RunHandle run = one.submit(asking, "");
        List<CompletableFuture<Event>> sent = IntStream.range(0, 16)
                .mapToObj(i -> CompletableFuture.supplyAsync(
                        () -> (i % 2 == 0 ? one : two).handle(run.id()).signal("other", "s" + i)))
                .toList();

        List<Event> events = sent.stream().map(CompletableFuture::join).toList();

        for (int i = 0; i < events.size(); i++) {
            assertThat(events.get(i).payload().tree().path("payload").asText()).isEqualTo("s" + i);
        }
        assertThat(log(one, run).stream()
                        .filter(event -> event.type().equals(EventType.RUN_SIGNALED))
                        .toList())
                .containsExactlyInAnyOrderElementsOf(events);
    }

    @Test
    void a_signal_that_was_recorded_is_told_though_the_store_has_gone_meanwhile() throws Exception {
        Store store = connect();
        AtomicInteger outage = new AtomicInteger();
        AgentRunner runner = start(
                ForwardingStore.with(store, new ForwardingLog(store.log()) {
                    @Override
                    public List<Event> read(RunId run, long afterSeq, int limit) {
                        if (limit == 1 && outage.getAndIncrement() < 2) {
                            throw new StoreUnavailableException("gone", new IOException("as the test wants it"));
                        }
                        return super.read(run, afterSeq, limit);
                    }
                }),
                quick().workers(0),
                asking);
        RunHandle run = runner.submit(asking, "");

        Event signal = run.signal("answer", "a");

        assertThat(outage).hasValueGreaterThan(2);
        assertThat(log(runner, run)).endsWith(signal);
        assertThat(count(runner, run, "RUN_SIGNALED")).isEqualTo(1);
    }

    @Test
    void a_signal_to_a_run_that_has_ended_is_refused() throws Exception {
        AgentRunner runner = runner(asking);
        RunHandle run = runner.submit(asking, "");
        run.signal("answer", "a");
        run.signal("answer", "b");
        run.await(String.class, SOON);

        assertThatThrownBy(() -> run.signal("answer", "c")).isInstanceOf(RunFinishedException.class);
        assertThatThrownBy(() -> run.pause("")).isInstanceOf(RunFinishedException.class);
        assertThatThrownBy(() -> run.resume("")).isInstanceOf(RunFinishedException.class);
        assertThatThrownBy(() -> run.cancel("")).isInstanceOf(RunFinishedException.class);
        assertThatThrownBy(() -> run.signal(" ", "c")).isInstanceOf(IllegalArgumentException.class);
    }

    @Test
    void a_wait_that_nobody_answers_fails_and_fails_again_on_replay() throws Exception {
        AtomicInteger caught = new AtomicInteger();
        Workflow<String, String> patient = workflow("patient", String.class, (run, in) -> {
            try {
                return run.await("answer", String.class, Duration.ofMillis(80));
            } catch (StepFailedException e) {
                caught.incrementAndGet();
                assertThat(e.failure().kind()).isEqualTo("timeout");
                return run.await("late", String.class);
            }
        });
        AgentRunner runner = runner(patient);
        RunHandle run = runner.submit(patient, "");
        eventually(() -> count(runner, run, "STEP_FAILED") == 1);
        awaitWaiting(runner, run, Waiting.SIGNAL);

        run.signal("answer", "too late");
        run.signal("late", "in time");

        assertThat(run.await(String.class, SOON)).isEqualTo("in time");
        assertThat(caught.get()).isGreaterThan(1);
    }

    @Test
    void two_branches_that_await_one_name_take_one_signal_each() throws Exception {
        Workflow<String, String> both = workflow("both", String.class, (run, in) -> {
            List<String> taken = run.parallel(
                    "both",
                    String.class,
                    List.of(
                            new Branch<>("left", branch -> branch.await("go", String.class)),
                            new Branch<>("right", branch -> branch.await("go", String.class))));
            return String.join("", taken.stream().sorted().toList());
        });
        AgentRunner runner = runner(both);
        RunHandle run = runner.submit(both, "");
        run.signal("go", "a");
        awaitWaiting(runner, run, Waiting.SIGNAL);
        run.signal("go", "b");

        assertThat(run.await(String.class, SOON)).isEqualTo("ab");
    }

    @Test
    void a_signal_may_be_large() throws Exception {
        Workflow<String, Integer> measuring = workflow(
                "measuring",
                Integer.class,
                (run, in) -> run.await("big", String.class).length());
        AgentRunner runner = runner(measuring);
        RunHandle run = runner.submit(measuring, "");
        awaitWaiting(runner, run, Waiting.SIGNAL);

        run.signal("big", "ü".repeat(1_000_000));

        assertThat(run.await(Integer.class, SOON)).isEqualTo(1_000_000);
    }

    @Test
    void a_branch_that_can_go_on_is_not_held_up_by_one_that_waits_for_long() throws Exception {
        Workflow<String, String> mixed = workflow("mixed", String.class, (run, in) -> {
            run.parallel(
                    "mixed",
                    String.class,
                    List.of(
                            new Branch<>("long", branch -> branch.await("end", String.class, Duration.ofHours(1))),
                            new Branch<>("busy", branch -> {
                                for (int i = 0; i < 20; i++) {
                                    branch.await("tick", String.class);
                                    branch.map("inner", Integer.class, List.of(1, 2), 2, (b, n) -> {
                                        b.sleep(Duration.ofMillis(1));
                                        return n;
                                    });
                                    branch.step("tock", step -> {});
                                }
                                return branch.step("done", String.class, step -> "done");
                            })));
            return "";
        });
        AgentRunner runner = runner(mixed);
        RunHandle run = runner.submit(mixed, "");

        for (int i = 1; i <= 20; i++) {
            run.signal("tick", i);
            int ticks = i;
            eventually(() -> runner.store().catalog().steps(run.id()).stream()
                            .filter(step -> step.step().name().equals("tock"))
                            .count()
                    == ticks);
        }
        awaitEvent(runner, run, "STEP_COMPLETED");
        run.signal("end", "");

        assertThat(run.awaitEnd(SOON)).isEqualTo(RunStatus.COMPLETED);
    }

    @Test
    void a_queued_run_that_is_paused_executes_nothing_until_it_is_resumed() throws Exception {
        AtomicInteger executed = new AtomicInteger();
        Workflow<String, String> counting = workflow("counting", String.class, (run, in) -> {
            executed.incrementAndGet();
            return "";
        });
        AgentRunner submitting = start(quick().workers(0), counting);
        RunHandle run = submitting.submit(counting, "");
        run.pause("not yet");
        AgentRunner runner = runner(counting);
        awaitWaiting(runner, run, Waiting.PAUSED);
        assertThat(executed).hasValue(0);
        run.pause("again");

        run.resume("now");

        assertThat(run.awaitEnd(SOON)).isEqualTo(RunStatus.COMPLETED);
        assertThat(count(runner, run, "RUN_PAUSE_REQUESTED")).isEqualTo(1);
        refolded(runner, run);
    }

    @Test
    void an_executing_run_that_is_paused_finishes_its_step_and_begins_no_other() throws Exception {
        CountDownLatch begun = new CountDownLatch(3);
        AtomicBoolean enough = new AtomicBoolean();
        Workflow<String, Integer> working = workflow("working", Integer.class, (run, in) -> {
            int steps = 1;
            while (run.step("more", Boolean.class, step -> {
                begun.countDown();
                return !enough.get();
            })) {
                steps++;
            }
            return steps;
        });
        AgentRunner runner = runner(working);
        RunHandle run = runner.submit(working, "");
        await(begun);
        run.pause("stop");
        awaitWaiting(runner, run, Waiting.PAUSED);
        long steps = count(runner, run, "STEP_STARTED");
        assertThat(count(runner, run, "STEP_COMPLETED")).isEqualTo(steps);
        enough.set(true);

        run.resume("go");

        assertThat(run.await(Integer.class, SOON)).isEqualTo((int) steps + 1);
        refolded(runner, run);
    }

    @Test
    void a_pause_taken_back_at_once_leaves_no_trace_in_the_outcome() throws Exception {
        Workflow<String, Integer> steps = workflow("steps", Integer.class, (run, in) -> {
            int sum = 0;
            for (int i = 0; i < 30; i++) {
                sum += run.step("add", Integer.class, step -> 1);
            }
            return sum;
        });
        AgentRunner runner = runner(steps);
        RunHandle run = runner.submit(steps, "");
        try {
            for (int i = 0; i < 10; i++) {
                run.pause("");
                run.resume("");
            }
        } catch (RunFinishedException e) {
            assertThat(run.status()).isEqualTo(RunStatus.COMPLETED);
        }

        assertThat(run.await(Integer.class, SOON)).isEqualTo(30);
        assertThat(count(runner, run, "STEP_COMPLETED")).isEqualTo(30);
    }

    @Test
    void runs_that_sleep_or_await_can_be_paused_and_keep_what_came_meanwhile() throws Exception {
        Workflow<String, String> sleeping = workflow("sleeping", String.class, (run, in) -> {
            run.sleep(Duration.ofSeconds(2));
            return "awake";
        });
        AgentRunner runner = runner(sleeping, asking);
        RunHandle sleeper = runner.submit(sleeping, "");
        RunHandle asker = runner.submit(asking, "");
        awaitWaiting(runner, sleeper, Waiting.TIMER);
        awaitWaiting(runner, asker, Waiting.SIGNAL);
        sleeper.pause("");
        asker.pause("");
        asker.signal("answer", "a");
        asker.signal("answer", "b");
        awaitWaiting(runner, sleeper, Waiting.PAUSED);
        assertThat(asker.status()).isEqualTo(RunStatus.RUNNING);

        sleeper.resume("");
        asker.resume("");

        assertThat(sleeper.await(String.class, SOON)).isEqualTo("awake");
        assertThat(asker.await(String.class, SOON)).isEqualTo("ab");
    }

    @Test
    void now_and_random_give_the_same_on_replay() throws Exception {
        Workflow<String, String> chance = workflow("chance", String.class, (run, in) -> {
            String drawn = run.now() + " " + run.random().nextLong();
            String first = run.step("note", String.class, step -> drawn);
            run.await("go", String.class);
            if (!drawn.equals(first)) {
                throw new IllegalStateException(drawn + " was " + first);
            }
            return run.map(
                            "more",
                            Long.class,
                            List.of(1, 2),
                            2,
                            (b, n) -> b.random().nextLong())
                    .toString();
        });
        AgentRunner runner = runner(chance);
        RunHandle run = runner.submit(chance, "");
        awaitWaiting(runner, run, Waiting.SIGNAL);
        run.signal("go", "");

        String[] drawn = run.await(String.class, SOON).split("[\\[\\], ]+");
        assertThat(drawn[1]).isNotEqualTo(drawn[2]);
    }

    @Test
    void a_wait_inside_the_body_of_a_step_is_refused() throws Exception {
        Workflow<String, String> nested = workflow("nested", String.class, (run, in) -> {
            run.step("outer", step -> run.sleep(Duration.ofMillis(1)));
            return "";
        });
        AgentRunner runner = runner(nested);

        assertThatThrownBy(() -> runner.submit(nested, "").await(String.class, SOON))
                .isInstanceOf(RunFailedException.class)
                .hasMessageContaining("inside the body of a step");
    }
}
