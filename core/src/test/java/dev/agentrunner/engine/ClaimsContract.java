package dev.agentrunner.engine;

import static org.assertj.core.api.Assertions.assertThat;

import dev.agentrunner.AgentRunner;
import dev.agentrunner.client.RunHandle;
import dev.agentrunner.client.SubmitOptions;
import dev.agentrunner.spi.log.AppendOutcome;
import dev.agentrunner.spi.log.Commit;
import dev.agentrunner.spi.log.Fence;
import dev.agentrunner.spi.log.RunLog;
import dev.agentrunner.spi.model.Event;
import dev.agentrunner.spi.model.NodeId;
import dev.agentrunner.spi.model.RunId;
import dev.agentrunner.spi.model.WorkflowRef;
import dev.agentrunner.spi.queue.Claim;
import dev.agentrunner.spi.queue.ClaimRequest;
import dev.agentrunner.spi.queue.RunQueue;
import dev.agentrunner.spi.store.Store;
import dev.agentrunner.tck.fault.ForwardingLog;
import dev.agentrunner.tck.fault.ForwardingQueue;
import dev.agentrunner.tck.fault.ForwardingStore;
import dev.agentrunner.workflow.Workflow;
import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.Queue;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.Test;

/** A node that learns late what it holds executes it once (INV-2, INV-6). */
public abstract class ClaimsContract extends EngineContract {

    private final Queue<RunId> executed = new ConcurrentLinkedQueue<>();
    private final AtomicInteger beats = new AtomicInteger();
    private final AtomicInteger looks = new AtomicInteger();

    private static Workflow<String, String> filling(CountDownLatch begun, CountDownLatch end) {
        return workflow("filling", String.class, (run, in) -> {
            begun.countDown();
            await(end);
            return "";
        });
    }

    private static void holdUp(CountDownLatch latch) {
        try {
            await(latch);
        } catch (InterruptedException e) {
            throw new AssertionError(e);
        }
    }

    @Test
    void a_claim_that_was_found_twice_is_executed_once() throws Exception {
        CountDownLatch begun = new CountDownLatch(1);
        CountDownLatch goOn = new CountDownLatch(1);
        CountDownLatch claimAnswered = new CountDownLatch(1);
        CountDownLatch logRead = new CountDownLatch(1);
        CountDownLatch readAnswered = new CountDownLatch(1);
        Workflow<String, String> target = workflow("target", String.class, (run, in) -> {
            run.step("first", step -> {});
            begun.countDown();
            await(goOn);
            return run.step("second", String.class, step -> executed.add(run.id()) + "");
        });
        Store store = connect();
        Thread[] dispatcher = new Thread[1];
        RunQueue queue = new ForwardingQueue(store.queue()) {
            @Override
            public List<Claim> claim(ClaimRequest request) {
                dispatcher[0] = Thread.currentThread();
                List<Claim> taken = whole.claim(request);
                looks.incrementAndGet();
                if (taken.stream().anyMatch(claim -> isTarget(store, claim))) {
                    holdUp(claimAnswered);
                }
                return taken;
            }

            @Override
            public int ready(Collection<WorkflowRef> workflows, int atMost) {
                looks.incrementAndGet();
                return whole.ready(workflows, atMost);
            }
        };
        RunLog log = new ForwardingLog(store.log()) {
            @Override
            public Map<RunId, List<Event>> readAll(Collection<RunId> runs) {
                Map<RunId, List<Event>> read = whole.readAll(runs);
                if (Thread.currentThread() == dispatcher[0] && claimAnswered.getCount() == 0) {
                    logRead.countDown();
                    holdUp(readAnswered);
                }
                return read;
            }
        };
        CountDownLatch full = new CountDownLatch(1);
        CountDownLatch filled = new CountDownLatch(1);
        Workflow<String, String> filling = filling(filled, full);
        AgentRunner slow =
                start(ForwardingStore.with(ForwardingStore.with(store, queue), log), quick(), target, filling);
        RunHandle filler = slow.submit(filling, "");
        await(filled);
        RunHandle run =
                slow.handle(start(quick().workers(0), target).submit(target, "").id());

        // The dispatcher keeps all the room that it asks for; this is some that it does not know of.
        eventually(() -> view(slow, run).owner().node() != null);
        full.countDown();
        filler.awaitEnd(SOON);
        await(begun);
        awaitEvent(slow, run, "STEP_COMPLETED");
        claimAnswered.countDown();
        await(logRead);
        goOn.countDown();
        run.awaitEnd(SOON);
        int before = looks.get();
        readAnswered.countDown();
        slow.submit(filling, "").awaitEnd(SOON);
        eventually(() -> looks.get() > before);
        slow.close();

        assertThat(executed).containsExactly(run.id());
    }

    private static boolean isTarget(Store store, Claim claim) {
        return store.catalog()
                .run(claim.run())
                .orElseThrow()
                .spec()
                .workflow()
                .name()
                .equals("target");
    }

    @Test
    void a_run_that_is_born_claimed_is_executed_once_however_late_its_node_learns_that_it_was_born() throws Exception {
        Workflow<String, String> target = workflow(
                "target",
                String.class,
                (run, in) -> run.step("only", String.class, step -> executed.add(run.id()) + ""));
        Store store = connect();
        CompletableFuture<RunId> born = new CompletableFuture<>();
        CompletableFuture<Void> answered = new CompletableFuture<>();
        RunQueue queue = new ForwardingQueue(store.queue()) {
            @Override
            public Map<RunId, Long> held(NodeId node) {
                beats.incrementAndGet();
                return whole.held(node);
            }
        };
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
