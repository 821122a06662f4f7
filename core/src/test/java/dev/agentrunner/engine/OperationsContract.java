package dev.agentrunner.engine;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.agentrunner.AgentRunner;
import dev.agentrunner.client.Health;
import dev.agentrunner.client.RunHandle;
import dev.agentrunner.client.RunNotFinishedException;
import dev.agentrunner.client.SubmitOptions;
import dev.agentrunner.client.UnknownRunException;
import dev.agentrunner.live.Live;
import dev.agentrunner.live.LiveEvent;
import dev.agentrunner.llm.ModelSettings;
import dev.agentrunner.spi.catalog.NodeView;
import dev.agentrunner.spi.llm.ChatRequest;
import dev.agentrunner.spi.log.AppendOutcome;
import dev.agentrunner.spi.log.Commit;
import dev.agentrunner.spi.model.RunStatus;
import dev.agentrunner.spi.model.Waiting;
import dev.agentrunner.spi.queue.Claim;
import dev.agentrunner.spi.queue.ClaimRequest;
import dev.agentrunner.spi.queue.NodeBeat;
import dev.agentrunner.spi.store.Store;
import dev.agentrunner.tck.fault.FaultyStore;
import dev.agentrunner.tck.fault.ForwardingLog;
import dev.agentrunner.tck.fault.ForwardingQueue;
import dev.agentrunner.tck.fault.ForwardingStore;
import dev.agentrunner.workflow.Workflow;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Queue;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.Test;

/** What who runs a node does and sees: health, draining, purging, live beats. */
public abstract class OperationsContract extends EngineContract {

    private final Workflow<String, String> echo =
            workflow("echo", String.class, (run, in) -> run.step("say", String.class, step -> in));
    private final CountDownLatch begun = new CountDownLatch(1);
    private final CountDownLatch go = new CountDownLatch(1);
    private final Workflow<String, String> held = workflow("held", String.class, (run, in) -> {
        run.step("hold", step -> {
            begun.countDown();
            go.await();
        });
        return run.step("after", String.class, step -> in);
    });

    @Test
    void a_drained_node_executes_nothing_more_and_still_serves_its_clients() throws Exception {
        Workflow<String, String> asking =
                workflow("asking", String.class, (run, in) -> run.await("answer", String.class));
        AgentRunner first = runner(echo, asking);
        RunHandle done = first.submit(echo, "a");
        RunHandle waiting = first.submit(asking, "");
        awaitWaiting(first, waiting, Waiting.SIGNAL);
        done.awaitEnd(SOON);

        first.drain();
        first.drain();

        assertThat(first.health().draining()).isTrue();
        assertThat(first.health().isSound()).isTrue();
        RunHandle later = first.submit(echo, "b");
        waiting.signal("answer", "yes");
        assertThat(later.status()).isEqualTo(RunStatus.QUEUED);
        assertThat(done.await(String.class, SOON)).isEqualTo("a");
        assertThat(first.store().catalog().nodes()).isEmpty();
        CompletableFuture<RunStatus> ended = later.ended();

        runner(echo, asking);

        assertThat(later.await(String.class, SOON)).isEqualTo("b");
        assertThat(waiting.await(String.class, SOON)).isEqualTo("yes");
        assertThat(ended.get(30, java.util.concurrent.TimeUnit.SECONDS)).isEqualTo(RunStatus.COMPLETED);
        first.close();
        first.close();
        first.drain();
    }

    @Test
    void draining_lets_a_step_finish_and_hands_the_rest_of_its_run_over() throws Exception {
        CountDownLatch drained = new CountDownLatch(1);
        AtomicInteger held = new AtomicInteger();
        Workflow<String, String> two = workflow("two", String.class, (run, in) -> {
            run.step("hold", step -> {
                held.incrementAndGet();
                begun.countDown();
                go.await();
            });
            return run.step("rest", String.class, step -> {
                drained.await();
                return in;
            });
        });
        AgentRunner first = start(quick().drainGrace(Duration.ofSeconds(2)), two);
        RunHandle run = first.submit(two, "rest");
        await(begun);
        CompletableFuture<Void> draining = CompletableFuture.runAsync(first::drain);
        eventually(() -> first.health().draining());
        go.countDown();
        draining.join();
        assertThat(types(first, run)).contains("STEP_COMPLETED").doesNotContain("RUN_COMPLETED");
        assertThat(view(first, run).owner().node()).isNull();
        drained.countDown();

        AgentRunner second = runner(two);

        assertThat(second.handle(run.id()).await(String.class, SOON)).isEqualTo("rest");
        assertThat(held).hasValue(1);
        assertThat(count(second, run, "RUN_RECOVERED")).isZero();
    }

    @Test
    void a_step_that_outlasts_the_grace_is_executed_again_elsewhere() throws Exception {
        AgentRunner first = runner(held);
        RunHandle run = first.submit(held, "rest");
        await(begun);

        first.drain();
        go.countDown();
        runner(held);

        assertThat(first.handle(run.id()).await(String.class, SOON)).isEqualTo("rest");
    }

    @Test
    void a_run_whose_creation_outlasts_the_drain_is_left_to_another_node() throws Exception {
        CountDownLatch submitted = new CountDownLatch(1);
        CountDownLatch drained = new CountDownLatch(1);
        AtomicBoolean slow = new AtomicBoolean();
        Store store = connect();
        AgentRunner first = start(
                ForwardingStore.with(store, new ForwardingLog(store.log()) {
                    @Override
                    public CompletableFuture<AppendOutcome> append(Commit commit) {
                        if (!slow.getAndSet(false)) {
                            return super.append(commit);
                        }
                        submitted.countDown();
                        return CompletableFuture.runAsync(() -> awaitStubbornly(drained))
                                .thenCompose(late -> super.append(commit));
                    }
                }),
                quick(),
                echo);
        // Only once it has nothing in line does it execute at once what it is given.
        first.submit(echo, "first").awaitEnd(SOON);
        eventually(() -> first.store().catalog().backlog().isEmpty());
        slow.set(true);
        CompletableFuture<RunHandle> late = first.submitAsync(echo, "late", SubmitOptions.DEFAULT);
        await(submitted);
        first.drain();
        drained.countDown();

        RunHandle run = late.get(30, java.util.concurrent.TimeUnit.SECONDS);
        AgentRunner second = runner(echo);

        assertThat(second.handle(run.id()).await(String.class, SOON)).isEqualTo("late");
        assertThat(types(second, run)).endsWith("STEP_COMPLETED", "RUN_COMPLETED");
    }

    @Test
    void a_node_says_how_it_is() throws Exception {
        FaultyStore connection = faulty();
        AgentRunner runner = start(connection, quick(), echo);
        AgentRunner submitting = start(quick().workers(0), echo);

        Health first = runner.health();
        assertThat(first.isSound()).isTrue();
        assertThat(List.of(first.beating(), first.dispatching(), first.draining()))
                .containsExactly(true, true, false);
        assertThat(submitting.health().isSound())
                .as("of a node that need not take runs")
                .isTrue();
        eventually(() -> runner.health().lastBeat().isAfter(first.lastBeat()));

        connection.breakDown();
        Health away = runner.health();
        NodeView seen = submitting.store().catalog().nodes().stream()
                .filter(node -> node.id().equals(runner.node()))
                .findFirst()
                .orElseThrow();
        assertThat(away.isSound()).as("while the store is away").isTrue();
        assertThat(away.lastBeat()).isBeforeOrEqualTo(seen.lastHeartbeat().plusSeconds(1));
        connection.recover();
        eventually(() -> runner.health().lastBeat().isAfter(away.lastBeat()));
    }

    @Test
    void a_node_outlives_a_moment_without_memory() throws Exception {
        AtomicInteger failures = new AtomicInteger();
        AtomicBoolean exhausted = new AtomicBoolean();
        Store store = connect();
        AgentRunner runner = start(
                ForwardingStore.with(store, new ForwardingQueue(store.queue()) {
                    private void allocate() {
                        if (exhausted.get()) {
                            failures.incrementAndGet();
                            throw new OutOfMemoryError("for a moment");
                        }
                    }

                    @Override
                    public Instant beat(NodeBeat beat) {
                        allocate();
                        return super.beat(beat);
                    }

                    @Override
                    public List<Claim> claim(ClaimRequest request) {
                        allocate();
                        return super.claim(request);
                    }
                }),
                quick(),
                echo);
        exhausted.set(true);
        eventually(() -> failures.get() > 3);
        exhausted.set(false);
        Instant before = runner.health().lastBeat();

        eventually(() -> runner.health().lastBeat().isAfter(before));
        assertThat(runner.health().isSound()).isTrue();
        AgentRunner elsewhere = start(quick().workers(0), echo);
        assertThat(elsewhere.submit(echo, "a").await(String.class, SOON)).isEqualTo("a");
    }

    @Test
    void a_finished_run_can_be_purged_and_no_other() throws Exception {
        AgentRunner runner = runner(echo, held);
        SubmitOptions keyed = SubmitOptions.DEFAULT.idempotencyKey("k");
        RunHandle done = runner.submit(echo, "a", keyed);
        RunHandle unfinished = runner.submit(held, "b");
        done.awaitEnd(SOON);
        await(begun);

        assertThatThrownBy(unfinished::purge)
                .isInstanceOf(RunNotFinishedException.class)
                .hasMessageContaining(unfinished.id().toString());
        done.purge();

        assertThatThrownBy(done::purge).isInstanceOf(UnknownRunException.class);
        assertThatThrownBy(done::status).isInstanceOf(UnknownRunException.class);
        assertThat(log(runner, done)).isEmpty();
        assertThat(runner.store().retention().tombstone(done.id())).isPresent();
        assertThat(runner.submit(echo, "b", keyed).created())
                .as("the key is free again")
                .isTrue();
        go.countDown();
        assertThat(unfinished.await(String.class, SOON)).isEqualTo("b");
    }

    @Test
    void a_generation_beats_while_somebody_watches() throws Exception {
        StagedProvider staged = new StagedProvider("staged");
        StagedProvider other = new StagedProvider("other");
        Workflow<String, String> asking = workflow(
                "asking",
                String.class,
                (run, in) ->
                        run.generate("write", ChatRequest.of("staged/m1", in)).text());
        AgentRunner runner =
                start(quick().models(ModelSettings.DEFAULT.provider(staged).provider(other)), asking);
        assertThat(runner.providers()).containsExactly(staged, other);
        RunHandle run = runner.submit(asking, "a rose");
        StagedProvider.Call call = staged.next().says("Red");
        Queue<LiveEvent> seen = new ConcurrentLinkedQueue<>();
        try (Live.Watching watching = runner.live().watch(seen::add)) {
            assertThat(watching).isNotNull();
            eventually(() -> seen.size() >= 2);
        }
        call.ends(1, 1);
        run.awaitEnd(SOON);

        assertThat(seen).hasOnlyElementsOfType(LiveEvent.Beating.class);
        LiveEvent.Beating beating = (LiveEvent.Beating) seen.element();
        LiveEvent.Beat beat = beating.beat();
        assertThat(beating)
                .isEqualTo(new LiveEvent.Beating(
                        run.id(), new dev.agentrunner.spi.model.StepId("write"), 1, "staged/m1", beat));
        assertThat(beat.phase()).isEqualTo("generating");
        assertThat(beat.chunks()).isEqualTo(1);
        assertThat(beat.idle()).isPositive().isLessThanOrEqualTo(beat.elapsed());
        assertThat(beat.elapsed()).isLessThan(Duration.ofMinutes(1));
        assertThat(types(runner, run)).filteredOn("LLM_HEARTBEAT"::equals).hasSize(1);
    }
}
