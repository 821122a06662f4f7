package dev.agentrunner.engine;

import static org.assertj.core.api.Assertions.assertThat;

import dev.agentrunner.AgentRunner;
import dev.agentrunner.client.RunHandle;
import dev.agentrunner.spi.error.StoreUnavailableException;
import dev.agentrunner.spi.model.RunStatus;
import dev.agentrunner.spi.model.Waiting;
import dev.agentrunner.tck.fault.FaultyStore;
import dev.agentrunner.workflow.StepOptions;
import dev.agentrunner.workflow.Steps.StepBody;
import dev.agentrunner.workflow.Workflow;
import java.io.ByteArrayInputStream;
import java.io.FilterInputStream;
import java.io.IOException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.Test;

/** A store that tells nothing, loses answers, or is away for a while: no run fails, nothing is lost. */
public abstract class OutageContract extends EngineContract {

    @Test
    void everything_happens_without_hints() throws Exception {
        CountDownLatch begun = new CountDownLatch(1);
        Workflow<String, String> child = workflow("child", String.class, (run, in) -> run.await("go", String.class));
        Workflow<String, String> parent = workflow("parent", String.class, (run, in) -> {
            run.sleep(Duration.ofMillis(50));
            return run.call("child", child, in);
        });
        Workflow<String, String> endless = workflow(
                "endless",
                String.class,
                (run, in) -> run.step("work", String.class, s -> {
                    begun.countDown();
                    testOver.await();
                    return "";
                }));
        AgentRunner executing = start(faulty().deaf(), quick(), child, parent, endless);
        AgentRunner submitting = start(faulty().deaf(), quick().workers(0), child, parent, endless);
        RunHandle run = submitting.submit(parent, "");
        RunHandle doomed = submitting.submit(endless, "");

        ChildrenContract.child(executing, run).signal("go", "went");
        await(begun);
        doomed.cancel("enough");

        assertThat(run.await(String.class, SOON)).isEqualTo("went");
        assertThat(doomed.awaitEnd(SOON)).isEqualTo(RunStatus.CANCELED);
    }

    @Test
    void a_claim_whose_answer_was_lost_is_adopted() throws Exception {
        AtomicInteger executed = new AtomicInteger();
        Workflow<String, String> any = workflow(
                "any",
                String.class,
                (run, in) -> run.step("one", String.class, step -> {
                    executed.incrementAndGet();
                    return in;
                }));
        AgentRunner submitting = start(quick().workers(0), any);
        FaultyStore forgetful = faulty();
        forgetful.loseClaims(2);
        List<RunHandle> runs = new ArrayList<>();
        for (int i = 0; i < 3; i++) {
            runs.add(submitting.submit(any, "" + i));
        }
        start(forgetful, quick(), any);

        for (int i = 0; i < 3; i++) {
            assertThat(runs.get(i).await(String.class, SOON)).isEqualTo("" + i);
            assertThat(count(submitting, runs.get(i), "RUN_STARTED")).isEqualTo(1);
        }
        assertThat(executed).hasValue(3);
    }

    @Test
    void what_an_outage_made_fail_is_not_begun_again_before_the_store_knows() throws Exception {
        CountDownLatch begun = new CountDownLatch(2);
        CountDownLatch out = new CountDownLatch(1);
        AtomicInteger beginnings = new AtomicInteger();
        Workflow<String, String> cutOff = branching(
                step -> {
                    beginnings.incrementAndGet();
                    begun.countDown();
                    out.await();
                    throw new StoreUnavailableException("the store", new IOException("connection reset"));
                },
                step -> {
                    begun.countDown();
                    testOver.await();
                    return "never";
                });
        FaultyStore slow = faulty();
        AgentRunner loser = start(slow, quick(), cutOff);
        RunHandle run = loser.submit(cutOff, "");
        await(begun);
        eventually(() -> loser.store().catalog().steps(run.id()).stream()
                        .filter(each -> each.step().name().equals("work"))
                        .count()
                == 2);
        slow.breakDown();
        out.countDown();
        eventually(slow::holdsAppends);

        AgentRunner winner = runner(branching(step -> "taken", step -> "over"));
        winner.store().queue().leave(loser.node());

        assertThat(winner.handle(run.id()).await(String.class, SOON)).isEqualTo("taken over");
        slow.recover();
        loser.close();
        assertThat(beginnings).hasValue(1);
    }

    private static Workflow<String, String> branching(StepBody<String> one, StepBody<String> other) {
        return workflow(
                "branching",
                String.class,
                (run, in) -> String.join(
                        " ",
                        run.map(
                                "both",
                                String.class,
                                List.of(one, other),
                                2,
                                (branch, body) -> branch.step("work", String.class, body))));
    }

    private final FaultyStore[] store = new FaultyStore[1];

    private void outage() {
        store[0].breakDown();
        CompletableFuture.delayedExecutor(600, TimeUnit.MILLISECONDS).execute(store[0]::recover);
    }

    @Test
    void an_outage_in_the_middle_of_anything_fails_no_run() throws Exception {
        String big = "x".repeat(70_000);
        AtomicInteger breaks = new AtomicInteger();
        Workflow<String, String> child =
                workflow("child", String.class, (run, in) -> run.step("c", String.class, s -> in));
        Workflow<Integer, String> fragile = Workflow.named("fragile", "1")
                .input(Integer.class)
                .output(String.class)
                .body((run, place) -> {
                    String out = run.step("made", String.class, s -> big);
                    away(place, 0, breaks);
                    out += run.step("large", String.class, s -> {
                        away(place, 1, breaks);
                        return big;
                    });
                    out += run.step("once", String.class, StepOptions.atMostOnce(), s -> {
                        away(place, 2, breaks);
                        s.artifact("once.txt", "document", "once");
                        return big;
                    });
                    away(place, 3, breaks);
                    run.artifact(
                            "stream.txt",
                            "document",
                            "text/plain",
                            new FilterInputStream(new ByteArrayInputStream(new byte[] {1, 2, 3})) {});
                    away(place, 4, breaks);
                    out += run.call("child", child, "c");
                    out += String.join("", run.map("each", String.class, List.of(5, 6), 2, (branch, i) -> {
                        away(place, i, breaks);
                        branch.sleep(Duration.ofMillis(30));
                        return branch.await("go", String.class);
                    }));
                    away(place, 7, breaks);
                    return out;
                });
        for (int place = 0; place < 8; place++) {
            breaks.set(0);
            store[0] = faulty();
            AgentRunner runner = start(store[0], quick(), child, fragile);
            RunHandle run = runner.submit(fragile, place);
            patiently(() -> run.signal("go", "g"));
            patiently(() -> run.signal("go", "g"));

            assertThat(run.await(String.class, SOON)).as("place " + place).isEqualTo(big + big + big + "cgg");
            assertThat(types(runner, run)).doesNotContain("STEP_FAILED", "STEP_ATTEMPT_FAILED", "RUN_RECOVERED");
            assertThat(runner.store().catalog().artifacts(run.id()))
                    .extracting(each -> each.artifact().name())
                    .contains("once.txt", "stream.txt");
            refolded(runner, run);
            runner.close();
        }
    }

    private void away(int wanted, int here, AtomicInteger breaks) {
        if (wanted == here && breaks.getAndIncrement() == 0) {
            outage();
        }
    }

    private static void patiently(Runnable command) throws Exception {
        eventually(() -> {
            try {
                command.run();
                return true;
            } catch (StoreUnavailableException e) {
                return false;
            }
        });
    }

    @Test
    void a_stubborn_body_is_taken_over_from_even_while_the_store_is_away() throws Exception {
        CountDownLatch begun = new CountDownLatch(1);
        Workflow<String, String> stubborn = workflow(
                "stubborn",
                String.class,
                (run, in) ->
                        run.step("work", String.class, StepOptions.DEFAULT.timeout(Duration.ofMillis(400)), step -> {
                            begun.countDown();
                            awaitStubbornly(testOver);
                            return "";
                        }));
        FaultyStore away = faulty();
        AgentRunner runner = start(away, quick().cancelGrace(Duration.ofMillis(100)), stubborn);
        RunHandle run = runner.submit(stubborn, "");
        await(begun);
        // Somebody else writes, so that the journal must read before it can write: which it cannot, now.
        start(connect(), quick().workers(0), stubborn).handle(run.id()).signal("x", "");
        away.breakDown();
        CompletableFuture.delayedExecutor(900, TimeUnit.MILLISECONDS).execute(away::recover);

        assertThat(run.awaitEnd(SOON)).isEqualTo(RunStatus.FAILED);
        assertThat(types(runner, run)).contains("STEP_FAILED");
    }

    @Test
    void runs_that_wait_while_the_store_is_away_wake_when_it_is_back() throws Exception {
        Workflow<String, String> sleeping = workflow("sleeping", String.class, (run, in) -> {
            run.sleep(Duration.ofMillis(300));
            return "awake";
        });
        FaultyStore away = faulty();
        AgentRunner runner = start(away, quick(), sleeping);
        RunHandle run = runner.submit(sleeping, "");
        awaitWaiting(runner, run, Waiting.TIMER);
        away.breakDown();
        CompletableFuture<Boolean> passed = new CompletableFuture<>();
        CompletableFuture.delayedExecutor(800, TimeUnit.MILLISECONDS).execute(() -> passed.complete(true));
        assertThat(passed.join()).isTrue();
        away.recover();

        assertThat(run.await(String.class, SOON)).isEqualTo("awake");
    }
}
