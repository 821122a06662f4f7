package dev.agentrunner.jdbc.postgres;

import dev.agentrunner.jdbc.commit.StoreThreads;
import dev.agentrunner.jdbc.sql.Connections;
import dev.agentrunner.spi.error.AgentRunnerException;
import dev.agentrunner.spi.log.Hint;
import dev.agentrunner.spi.model.RunId;
import java.util.Collection;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.Condition;
import java.util.concurrent.locks.ReentrantLock;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Tells other nodes what changed here: one transaction at a time, with all that changed meanwhile, outside of the commit
 * itself, because a notification in every transaction halves the commit rate. Thread-safe.
 */
public final class Notifier implements AutoCloseable {

    private static final Logger LOG = LoggerFactory.getLogger(Notifier.class);

    /** Bounds the cost under load; for a lone change there is no delay, and what became ready waits no longer. */
    private static final long SHORT_NANOS = TimeUnit.MILLISECONDS.toNanos(10);

    /** How much longer changes wait for each that was told before: a commit of its own is dear where there are many. */
    private static final long MORE_NANOS = TimeUnit.MICROSECONDS.toNanos(100);

    /** So many let the next ones wait for as long as any do: 50 ms. */
    private static final int MANY = 400;

    /** A hint need not outlive a crash of the database, so nobody waits for the disk. */
    private static final String UNHURRIED = "SELECT set_config('synchronous_commit', 'off', true)";

    private final Connections connections;
    private final String sender;
    private final ReentrantLock lock = new ReentrantLock();
    private final Condition changed = lock.newCondition();
    private final Thread thread;

    /** Guarded by lock; one more than can be told means everything. */
    private Map<RunId, Long> runs = new HashMap<>();

    /** Guarded by lock. */
    private boolean ready;

    /** Guarded by lock: hints were not sent, so the next ones must say so. */
    private boolean lost;

    /** Guarded by lock. */
    private boolean closed;

    private record Told(List<String> texts, int runs) {}

    /**
     * Starts with nothing to tell.
     *
     * @param sender names this store among all that listen
     */
    public Notifier(Connections connections, String sender) {
        this.connections = connections;
        this.sender = sender;
        this.thread = StoreThreads.start("agent-runner-notify", this::loop);
    }

    /** Takes hints, which travel together; never blocks for the database. */
    public void offer(Collection<? extends Hint> hints) {
        lock.lock();
        try {
            for (Hint hint : hints) {
                if (hint instanceof Hint.Changed change && runs.size() <= HintText.MOST_RUNS) {
                    runs.merge(change.run(), change.lastSeq(), Math::max);
                } else if (hint instanceof Hint.Ready) {
                    ready = true;
                }
            }
            changed.signal();
        } finally {
            lock.unlock();
        }
    }

    private void loop() {
        for (Told told = next(); told != null; told = next()) {
            boolean sent = send(told.texts);
            lock.lock();
            try {
                lost = !sent;
            } finally {
                lock.unlock();
            }
            pause(told.runs);
        }
    }

    private @Nullable Told next() {
        lock.lock();
        try {
            while (runs.isEmpty() && !ready && !closed) {
                changed.awaitUninterruptibly();
            }
            if (closed) {
                return null;
            }
            Told told = new Told(
                    lost ? List.of(HintText.everything(sender)) : HintText.changed(sender, runs, ready), runs.size());
            runs = new HashMap<>();
            ready = false;
            return told;
        } finally {
            lock.unlock();
        }
    }

    private boolean send(List<String> texts) {
        try {
            connections.read(connection -> {
                Script script = new Script(connection).query(row -> {}, UNHURRIED);
                texts.forEach(text -> script.query(row -> {}, "SELECT pg_notify(" + NodeLine.CHANNEL + ", ?)", text));
                script.run();
                return true;
            });
            return true;
        } catch (AgentRunnerException e) {
            // The writers say that there is an outage; hints may get lost.
            return false;
        } catch (RuntimeException | Error e) {
            LOG.atWarn().setCause(e).log("Other nodes could not be told what changed; they find it by looking");
            return false;
        }
    }

    private void pause(int told) {
        long start = System.nanoTime();
        long most = SHORT_NANOS + MORE_NANOS * Math.min(told, MANY);
        lock.lock();
        try {
            for (long left = 1; left > 0 && !closed; ) {
                left = (ready ? SHORT_NANOS : most) - (System.nanoTime() - start);
                if (left > 0) {
                    changed.awaitNanos(left);
                }
            }
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        } finally {
            lock.unlock();
        }
    }

    @Override
    public void close() {
        lock.lock();
        try {
            closed = true;
            changed.signalAll();
        } finally {
            lock.unlock();
        }
        StoreThreads.join(thread);
    }
}
