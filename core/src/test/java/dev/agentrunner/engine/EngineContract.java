package dev.agentrunner.engine;

import static org.assertj.core.api.Assertions.assertThat;

import dev.agentrunner.AgentRunner;
import dev.agentrunner.AgentRunnerBuilder;
import dev.agentrunner.client.RunHandle;
import dev.agentrunner.core.state.RunHistory;
import dev.agentrunner.spi.catalog.RunView;
import dev.agentrunner.spi.model.Event;
import dev.agentrunner.spi.model.RunStatus;
import dev.agentrunner.spi.model.StepStatus;
import dev.agentrunner.spi.model.Waiting;
import dev.agentrunner.spi.store.Store;
import dev.agentrunner.tck.fault.FaultyStore;
import dev.agentrunner.workflow.Workflow;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.concurrent.Callable;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.AfterEach;

/** What the engine's contracts share: runners on one store, closed after each test. */
public abstract class EngineContract {

    static final Duration SOON = Duration.ofSeconds(30);

    /** Opened when the test ends, so that no body outlives it. */
    final CountDownLatch testOver = new CountDownLatch(1);

    private final List<AgentRunner> runners = Collections.synchronizedList(new ArrayList<>());

    /** A new connection to the store of this test; the runner closes it. */
    protected abstract Store connect() throws Exception;

    protected AgentRunner runner(Workflow<?, ?>... workflows) throws Exception {
        return start(quick(), workflows);
    }

    protected AgentRunner start(AgentRunnerBuilder builder, Workflow<?, ?>... workflows) throws Exception {
        return start(connect(), builder, workflows);
    }

    AgentRunner start(Store store, AgentRunnerBuilder builder, Workflow<?, ?>... workflows) {
        for (Workflow<?, ?> each : workflows) {
            builder.workflow(each);
        }
        AgentRunner runner = builder.store(store).build();
        runners.add(runner);
        return runner;
    }

    FaultyStore faulty() throws Exception {
        return new FaultyStore(connect());
    }

    /** A builder with short waits. */
    static AgentRunnerBuilder quick() {
        return AgentRunner.builder()
                .heartbeat(Duration.ofMillis(100), Duration.ofSeconds(20))
                .drainGrace(Duration.ofMillis(300));
    }

    /** Ends a node as a crash would: nothing more of it reaches the store, and the other nodes notice. */
    static void kill(AgentRunner runner, FaultyStore connection, AgentRunner survivor) {
        connection.die();
        survivor.store().queue().leave(runner.node());
    }

    static <O> Workflow<String, O> workflow(String name, Class<O> output, Workflow.Body<String, O> body) {
        return Workflow.named(name, "1").input(String.class).output(output).body(body);
    }

    static List<Event> log(AgentRunner runner, RunHandle run) {
        return runner.store().log().read(run.id(), 0, 100_000);
    }

    static List<String> types(AgentRunner runner, RunHandle run) {
        return log(runner, run).stream().map(event -> event.type().name()).toList();
    }

    static long count(AgentRunner runner, RunHandle run, String type) {
        return types(runner, run).stream().filter(type::equals).count();
    }

    static RunView view(AgentRunner runner, RunHandle run) {
        return runner.store().catalog().run(run.id()).orElseThrow();
    }

    /** Waits until the run is put aside for this reason. */
    static void awaitWaiting(AgentRunner runner, RunHandle run, Waiting waiting) throws Exception {
        eventually(() -> view(runner, run).state().waiting() == waiting);
    }

    static void awaitStatus(AgentRunner runner, RunHandle run, RunStatus status) throws Exception {
        eventually(() -> view(runner, run).state().status() == status);
    }

    /** Bodies begin before their start is durable. */
    static void awaitRunning(AgentRunner runner, RunHandle run, String step) throws Exception {
        eventually(() -> runner.store().catalog().steps(run.id()).stream()
                .anyMatch(each -> each.step().name().equals(step) && each.step().status() == StepStatus.RUNNING));
    }

    static void awaitEvent(AgentRunner runner, RunHandle run, String type) throws Exception {
        eventually(() -> types(runner, run).contains(type));
    }

    /** Looks again and again until it is so. */
    static void eventually(Callable<Boolean> condition) throws Exception {
        CountDownLatch never = new CountDownLatch(1);
        for (long end = System.nanoTime() + SOON.toNanos(); !condition.call(); ) {
            assertThat(System.nanoTime()).as("it became so in time").isLessThan(end);
            never.await(5, TimeUnit.MILLISECONDS);
        }
    }

    static void await(CountDownLatch latch) throws InterruptedException {
        assertThat(latch.await(SOON.toSeconds(), TimeUnit.SECONDS)).isTrue();
    }

    /** Waits and ignores all requests to stop. */
    static void awaitStubbornly(CountDownLatch latch) {
        while (latch.getCount() > 0) {
            try {
                latch.await();
            } catch (InterruptedException e) {
                Thread.interrupted();
            }
        }
    }

    /** INV-5: the log folds to the rows, and to the spending, that the catalog shows. */
    static RunHistory refolded(AgentRunner runner, RunHandle run) {
        RunHistory history = RunHistory.of(log(runner, run));
        assertThat(view(runner, run).state()).isEqualTo(history.run().row());
        assertThat(runner.store().catalog().steps(run.id()).stream()
                        .map(step -> step.step())
                        .toList())
                .isEqualTo(history.steps().stream().map(step -> step.row()).toList());
        assertThat(view(runner, run).usage()).isEqualTo(history.spending());
        assertThat(runner.store().catalog().steps(run.id()))
                .allSatisfy(step -> assertThat(step.usage())
                        .isEqualTo(history.spending(step.step().id())));
        return history;
    }

    @AfterEach
    void closeRunners() {
        testOver.countDown();
        List.copyOf(runners).forEach(AgentRunner::close);
    }
}
