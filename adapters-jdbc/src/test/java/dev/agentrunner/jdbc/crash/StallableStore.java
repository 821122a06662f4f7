package dev.agentrunner.jdbc.crash;

import dev.agentrunner.spi.log.AppendOutcome;
import dev.agentrunner.spi.log.Commit;
import dev.agentrunner.spi.log.Hint;
import dev.agentrunner.spi.log.RunLog;
import dev.agentrunner.spi.model.NodeId;
import dev.agentrunner.spi.model.RunId;
import dev.agentrunner.spi.queue.Claim;
import dev.agentrunner.spi.queue.ClaimRequest;
import dev.agentrunner.spi.queue.NodeBeat;
import dev.agentrunner.spi.queue.RunQueue;
import dev.agentrunner.spi.store.Store;
import dev.agentrunner.tck.fault.ForwardingLog;
import dev.agentrunner.tck.fault.ForwardingQueue;
import dev.agentrunner.tck.fault.ForwardingStore;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CountDownLatch;
import java.util.function.Consumer;

/**
 * What a node that stands still has of its store: its beats do not arrive, it hears of nothing, and what it writes
 * arrives when it stands still no longer. Writes are let through before it learns anything, which is the worst order.
 */
final class StallableStore extends ForwardingStore {

    private volatile CountDownLatch queueOpen = new CountDownLatch(0);

    /** Guarded by this: what the stalled node wants to write, in order; null while it is well. */
    private Map<Commit, CompletableFuture<AppendOutcome>> late = new LinkedHashMap<>();

    /** Guarded by this. */
    private boolean stalled;

    StallableStore(Store whole) {
        super(whole);
    }

    synchronized void stall() {
        stalled = true;
        queueOpen = new CountDownLatch(1);
    }

    /** The runs that the stalled node wants to write to. */
    synchronized List<RunId> wanted() {
        return late.keySet().stream().map(Commit::run).distinct().toList();
    }

    /** Lets everything through that was written too late, and only then the rest; the outcomes, in order. */
    List<AppendOutcome> wakeUp() {
        Map<Commit, CompletableFuture<AppendOutcome>> all;
        synchronized (this) {
            all = late;
            late = new LinkedHashMap<>();
            stalled = false;
        }
        List<AppendOutcome> outcomes = new ArrayList<>();
        all.forEach((commit, outcome) -> {
            outcomes.add(whole.log().append(commit).join());
            outcome.complete(outcomes.get(outcomes.size() - 1));
        });
        queueOpen.countDown();
        return outcomes;
    }

    private synchronized boolean isStalled() {
        return stalled;
    }

    @Override
    public RunLog log() {
        return new ForwardingLog(whole.log()) {
            @Override
            public CompletableFuture<AppendOutcome> append(Commit commit) {
                synchronized (StallableStore.this) {
                    if (stalled) {
                        return late.computeIfAbsent(commit, key -> new CompletableFuture<>());
                    }
                }
                return super.append(commit);
            }

            @Override
            public Subscription follow(Consumer<Hint> listener) {
                return super.follow(hint -> {
                    if (!isStalled()) {
                        listener.accept(hint);
                    }
                });
            }
        };
    }

    @Override
    public RunQueue queue() {
        return new ForwardingQueue(whole.queue()) {
            @Override
            public Instant beat(NodeBeat beat) {
                awaitOpen();
                return super.beat(beat);
            }

            @Override
            public List<NodeId> recover(NodeId self, Duration deadAfter) {
                awaitOpen();
                return super.recover(self, deadAfter);
            }

            @Override
            public Map<RunId, Long> held(NodeId node) {
                awaitOpen();
                return super.held(node);
            }

            @Override
            public List<Claim> claim(ClaimRequest request) {
                awaitOpen();
                return super.claim(request);
            }
        };
    }

    private void awaitOpen() {
        try {
            queueOpen.await();
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }
}
