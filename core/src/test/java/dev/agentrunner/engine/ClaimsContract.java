package dev.agentrunner.engine;

import static org.assertj.core.api.Assertions.assertThat;

import dev.agentrunner.AgentRunner;
import dev.agentrunner.client.RunHandle;
import dev.agentrunner.client.SubmitOptions;
import dev.agentrunner.spi.error.StoreUnavailableException;
import dev.agentrunner.spi.log.AppendOutcome;
import dev.agentrunner.spi.log.Commit;
import dev.agentrunner.spi.log.Fence;
import dev.agentrunner.spi.log.RunLog;
import dev.agentrunner.spi.model.NodeId;
import dev.agentrunner.spi.model.RunId;
import dev.agentrunner.spi.queue.Claim;
import dev.agentrunner.spi.queue.ClaimRequest;
import dev.agentrunner.spi.queue.RunQueue;
import dev.agentrunner.spi.store.Store;
import dev.agentrunner.tck.fault.ForwardingLog;
import dev.agentrunner.tck.fault.ForwardingQueue;
import dev.agentrunner.tck.fault.ForwardingStore;
import dev.agentrunner.workflow.Workflow;
import java.io.IOException;
import java.util.List;
import java.util.Map;
import java.util.Queue;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.Test;

/** A node that learns late what it holds executes it once (INV-2, INV-6). */
public abstract class ClaimsContract extends EngineContract {

    private final Queue<RunId> executed = new ConcurrentLinkedQueue<>();
    private final AtomicInteger beats = new AtomicInteger();

    private static void holdUp(CountDownLatch latch) {
        try {
            await(latch);
        } catch (InterruptedException e) {
            throw new AssertionError(e);
        }
    }

    private Workflow<String, String> target() {
        return workflow(
                "target",
                String.class,
                (run, in) -> run.step("only", String.class, step -> executed.add(run.id()) + ""));
    }

    /** The node looks several times meanwhile at what the store says that it holds. */
    @Test
    void a_claim_whose_answer_comes_late_is_executed_once() throws Exception {
        Workflow<String, String> target = target();
        Store store = connect();
        CountDownLatch answered = new CountDownLatch(1);
        RunQueue queue = new CountedBeats(store.queue()) {
            @Override
            public List<Claim> claim(ClaimRequest request) {
                List<Claim> taken = whole.claim(request);
                if (!taken.isEmpty()) {
                    holdUp(answered);
                }
                return taken;
            }
        };
        AgentRunner slow = start(ForwardingStore.with(store, queue), quick(), target);
        RunHandle run =
                slow.handle(start(quick().workers(0), target).submit(target, "").id());
        eventually(() -> view(slow, run).owner().node() != null);
        int before = beats.get();
        eventually(() -> beats.get() > before + 4);
        answered.countDown();
        run.awaitEnd(SOON);
        int end = beats.get();
        eventually(() -> beats.get() > end + 2);
        slow.close();

        assertThat(executed).containsExactly(run.id());
    }

    @Test
    void a_claim_whose_answer_is_lost_is_executed_all_the_same() throws Exception {
        Workflow<String, String> target = target();
        Store store = connect();
        AtomicBoolean lost = new AtomicBoolean();
        RunQueue queue = new CountedBeats(store.queue()) {
            @Override
            public List<Claim> claim(ClaimRequest request) {
                List<Claim> taken = whole.claim(request);
                if (!taken.isEmpty() && lost.compareAndSet(false, true)) {
                    throw new StoreUnavailableException("whose answer got lost", new IOException("lost"));
                }
                return taken;
            }
        };
        AgentRunner deaf = start(ForwardingStore.with(store, queue), quick(), target);
        RunHandle run =
                deaf.handle(start(quick().workers(0), target).submit(target, "").id());
        run.awaitEnd(SOON);

        assertThat(lost).isTrue();
        assertThat(executed).containsExactly(run.id());
        assertThat(log(deaf, run))
                .extracting(event -> event.type().name())
                .containsOnlyOnce("RUN_STARTED")
                .doesNotContain("RUN_RECOVERED");
    }

    private class CountedBeats extends ForwardingQueue {
        CountedBeats(RunQueue whole) {
            super(whole);
        }

        @Override
        public Map<RunId, Long> held(NodeId node) {
            beats.incrementAndGet();
            return whole.held(node);
        }
    }

    @Test
    void a_run_that_is_born_claimed_is_executed_once_however_late_its_node_learns_that_it_was_born() throws Exception {
        Workflow<String, String> target = target();
        Store store = connect();
        CompletableFuture<RunId> born = new CompletableFuture<>();
        CompletableFuture<Void> answered = new CompletableFuture<>();
        RunQueue queue = new CountedBeats(store.queue());
        RunLog log = new ForwardingLog(store.log()) {
            @Override
            public CompletableFuture<AppendOutcome> append(Commit commit) {
                CompletableFuture<AppendOutcome> outcome = whole.append(commit);
                boolean claimed = commit.fence() instanceof Fence.Create create && create.owner() != null;
                return claimed && born.complete(commit.run())
                        ? outcome.thenCombine(answered, (durable, now) -> durable)
                        : outcome;
            }
        };
        AgentRunner slow = start(ForwardingStore.with(ForwardingStore.with(store, queue), log), quick(), target);
        CompletableFuture<RunHandle> submitted;
        do {
            // As long as the node has not looked what else there is, it executes nothing at once.
            submitted = slow.submitAsync(target, "", SubmitOptions.DEFAULT);
            CompletableFuture.anyOf(born, submitted).join();
        } while (!born.isDone());
        RunId run = born.join();
        eventually(() -> store.catalog().run(run).isPresent());

        int before = beats.get();
        eventually(() -> beats.get() > before + 4
                && (!executed.contains(run) || slow.handle(run).status().isTerminal()));
        answered.complete(null);
        submitted.join().awaitEnd(SOON);
        slow.submit(target, "").awaitEnd(SOON);
        slow.close();

        assertThat(executed).containsOnlyOnce(run);
    }
}
