package dev.agentrunner.tck.fault;

import dev.agentrunner.spi.access.AccessKeys;
import dev.agentrunner.spi.access.AccessSessions;
import dev.agentrunner.spi.access.AuditTrail;
import dev.agentrunner.spi.artifact.ArtifactStore;
import dev.agentrunner.spi.catalog.RunCatalog;
import dev.agentrunner.spi.error.StoreClosedException;
import dev.agentrunner.spi.error.StoreUnavailableException;
import dev.agentrunner.spi.log.AppendOutcome;
import dev.agentrunner.spi.log.Commit;
import dev.agentrunner.spi.log.Hint;
import dev.agentrunner.spi.log.RunLog;
import dev.agentrunner.spi.model.Event;
import dev.agentrunner.spi.model.RunId;
import dev.agentrunner.spi.queue.RunQueue;
import dev.agentrunner.spi.store.RunRetention;
import dev.agentrunner.spi.store.Store;
import java.io.IOException;
import java.lang.reflect.InvocationTargetException;
import java.lang.reflect.Proxy;
import java.util.ArrayDeque;
import java.util.Collection;
import java.util.Deque;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.Consumer;

/** One node's connection to a store, which can be cut, break down for a while, stall, go deaf, or lose answers. */
public final class FaultyStore implements Store {

    private enum Mode {
        WELL,
        OUT,
        DEAD
    }

    private final Store store;
    private final AtomicInteger claimsToLose = new AtomicInteger();
    private final Deque<Runnable> held = new ArrayDeque<>(); // guarded by this
    private volatile Mode mode = Mode.WELL;
    private volatile boolean deaf;
    private volatile CountDownLatch queueStall = new CountDownLatch(0);
    private boolean appendsHeld; // guarded by this

    public FaultyStore(Store store) {
        this.store = store;
    }

    /** Nothing of what this node does reaches the store any more, as if its process had died. */
    public void die() {
        mode = Mode.DEAD;
        queueStall.countDown();
    }

    /** Reads, claims and beats fail, and appends wait, until {@link #recover}. */
    public synchronized void breakDown() {
        mode = Mode.OUT;
        appendsHeld = true;
    }

    /** The node stands still: heartbeats block and appends wait, until {@link #recover}. */
    public synchronized void stall() {
        queueStall = new CountDownLatch(1);
        appendsHeld = true;
    }

    /** Whether an append waits for {@link #recover}. */
    public synchronized boolean holdsAppends() {
        return !held.isEmpty();
    }

    public void recover() {
        Runnable next;
        synchronized (this) {
            mode = Mode.WELL;
            appendsHeld = false;
            next = held.poll();
        }
        queueStall.countDown();
        while (next != null) {
            next.run();
            synchronized (this) {
                next = held.poll();
            }
        }
    }

    /** Followers are told nothing. */
    public FaultyStore deaf() {
        deaf = true;
        return this;
    }

    /** The next claims happen, but their answers are lost. */
    public void loseClaims(int count) {
        claimsToLose.set(count);
    }

    private void check() {
        if (mode == Mode.DEAD) {
            throw new StoreClosedException(describe());
        }
        if (mode == Mode.OUT) {
            throw new StoreUnavailableException(describe(), new IOException("connection refused"));
        }
    }

    @Override
    public String describe() {
        return store.describe();
    }

    @Override
    public RunLog log() {
        return new Log(store.log());
    }

    @Override
    public RunQueue queue() {
        return guarded(RunQueue.class, store.queue());
    }

    @Override
    public RunCatalog catalog() {
        return guarded(RunCatalog.class, store.catalog());
    }

    @Override
    public RunRetention retention() {
        return guarded(RunRetention.class, store.retention());
    }

    @Override
    public ArtifactStore artifacts() {
        return guarded(ArtifactStore.class, store.artifacts());
    }

    @Override
    public AccessKeys keys() {
        return guarded(AccessKeys.class, store.keys());
    }

    @Override
    public AccessSessions sessions() {
        return guarded(AccessSessions.class, store.sessions());
    }

    @Override
    public AuditTrail audit() {
        return guarded(AuditTrail.class, store.audit());
    }

    @Override
    public void close() {
        recover();
        store.close();
    }

    @SuppressWarnings("unchecked")
    private <P> P guarded(Class<P> port, P real) {
        return (P) Proxy.newProxyInstance(port.getClassLoader(), new Class<?>[] {port}, (proxy, method, args) -> {
            if (port == RunQueue.class) {
                queueStall.await();
            }
            check();
            try {
                Object answer = method.invoke(real, args);
                if (method.getName().equals("claim") && !((List<?>) answer).isEmpty() && loses()) {
                    throw new StoreUnavailableException(describe(), new IOException("connection reset"));
                }
                return answer;
            } catch (InvocationTargetException e) {
                throw e.getCause();
            }
        });
    }

    private boolean loses() {
        return claimsToLose.getAndUpdate(left -> Math.max(0, left - 1)) > 0;
    }

    private final class Log implements RunLog {
        private final RunLog log;

        Log(RunLog log) {
            this.log = log;
        }

        @Override
        public CompletableFuture<AppendOutcome> append(Commit commit) {
            if (mode == Mode.DEAD) {
                return CompletableFuture.failedFuture(new StoreClosedException(describe()));
            }
            CompletableFuture<AppendOutcome> answer = new CompletableFuture<>();
            Runnable real = () -> {
                if (mode == Mode.DEAD) {
                    answer.completeExceptionally(new StoreClosedException(describe()));
                    return;
                }
                log.append(commit).whenComplete((outcome, error) -> {
                    if (error == null) {
                        answer.complete(outcome);
                    } else {
                        answer.completeExceptionally(error);
                    }
                });
            };
            synchronized (FaultyStore.this) {
                if (appendsHeld) {
                    held.add(real);
                    return answer;
                }
            }
            real.run();
            return answer;
        }

        @Override
        public List<Event> read(RunId run, long afterSeq, int limit) {
            check();
            return log.read(run, afterSeq, limit);
        }

        @Override
        public Map<RunId, List<Event>> readAll(Collection<RunId> runs) {
            check();
            return log.readAll(runs);
        }

        @Override
        public List<Event> feed(long afterId, int limit) {
            check();
            return log.feed(afterId, limit);
        }

        @Override
        public long feedEnd() {
            check();
            return log.feedEnd();
        }

        @Override
        public Subscription follow(Consumer<Hint> listener) {
            return log.follow(hint -> {
                if (!deaf && mode != Mode.DEAD) {
                    listener.accept(hint);
                }
            });
        }
    }
}
