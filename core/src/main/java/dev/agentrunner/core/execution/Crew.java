package dev.agentrunner.core.execution;

import dev.agentrunner.core.journal.JournalStopped;
import dev.agentrunner.core.state.Note;
import dev.agentrunner.workflow.Branches.Branch;
import java.util.ArrayList;
import java.util.List;
import java.util.TreeMap;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.RejectedExecutionException;
import java.util.function.IntFunction;
import org.jspecify.annotations.Nullable;

/**
 * The threads that work through the branches of one call. The caller's thread is one of them, so the
 * work gets done even when no further thread is to be had.
 */
final class Crew<T> {

    private final Frame frame;
    private final int count;
    private final int concurrency;
    private final IntFunction<Branch<T>> branches;

    // Guarded by this.
    private int next;
    private final TreeMap<Integer, @Nullable T> results = new TreeMap<>();
    private final TreeMap<Integer, Throwable> failures = new TreeMap<>();
    private final TreeMap<Integer, List<Note>> told = new TreeMap<>();
    private @Nullable Error end;
    private int working = 1;

    Crew(Frame frame, int count, int concurrency, IntFunction<Branch<T>> branches) {
        this.frame = frame;
        this.count = count;
        this.concurrency = concurrency;
        this.branches = branches;
    }

    /** Runs all branches; returns once no thread is in any of them any more. */
    void work() {
        int helpers = Math.min(count, concurrency) - 1;
        CountDownLatch helping = new CountDownLatch(Math.max(0, helpers));
        Parking parking = frame.execution().parking();
        for (int i = 0; i < helpers; i++) {
            hire(parking, helping);
        }
        drain();
        if (!isLast()) {
            parking.leave();
        }
        await(helping);
        synchronized (this) {
            if (end != null) {
                throw end;
            }
        }
    }

    private void hire(Parking parking, CountDownLatch helping) {
        parking.enter();
        synchronized (this) {
            working++;
        }
        try {
            frame.execution().kit().branches().execute(() -> {
                try {
                    drain();
                } finally {
                    finish(parking, helping);
                }
            });
        } catch (RejectedExecutionException e) {
            finish(parking, helping);
        }
    }

    private void finish(Parking parking, CountDownLatch helping) {
        if (!isLast()) {
            parking.leave();
        }
        helping.countDown();
    }

    /**
     * Whether the calling thread was the last one at work. It does not leave: the caller's thread goes on in
     * its place, so that at no moment it looks as if nobody were at work here.
     */
    private synchronized boolean isLast() {
        return --working == 0;
    }

    private void drain() {
        for (int index = take(); index >= 0; index = take()) {
            run(index);
        }
    }

    private synchronized int take() {
        return end == null && failures.isEmpty() && next < count ? next++ : -1;
    }

    private void run(int index) {
        Branch<T> branch = branches.apply(index);
        Frame inner = frame.branch(branch.name());
        try {
            T result = branch.body().run(inner);
            inner.scope().end();
            synchronized (this) {
                results.put(index, result);
                told.put(index, inner.scope().takeTold());
            }
        } catch (Unwind | JournalStopped error) {
            synchronized (this) {
                end = stronger(end, error);
            }
        } catch (Throwable thrown) {
            synchronized (this) {
                failures.put(index, thrown);
                told.put(index, inner.scope().takeTold());
            }
        }
    }

    /** A branch that only waits must not hide that another one was asked to end: its work would wait too. */
    private static Error stronger(@Nullable Error one, Error other) {
        if (one instanceof Unwind before && other instanceof Unwind after) {
            return before.why().compareTo(after.why()) >= 0 ? one : other;
        }
        return one == null || one instanceof Unwind ? other : one;
    }

    private static void await(CountDownLatch helping) {
        while (true) {
            try {
                helping.await();
                return;
            } catch (InterruptedException e) {
                // Interrupts are meant for bodies of steps; helpers end by themselves.
                Thread.interrupted();
            }
        }
    }

    synchronized @Nullable Throwable failure() {
        return failures.isEmpty() ? null : failures.firstEntry().getValue();
    }

    synchronized List<@Nullable T> results() {
        return new ArrayList<>(results.values());
    }

    synchronized List<Note> told() {
        return told.values().stream().flatMap(List::stream).toList();
    }
}
