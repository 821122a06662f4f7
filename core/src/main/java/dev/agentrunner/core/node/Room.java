package dev.agentrunner.core.node;

import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.locks.ReentrantLock;

/**
 * How many more runs a node may execute. Who is about to ask the store for runs sets room aside for all that may come, and
 * most often gets fewer; whoever wants a place meanwhile learns whether there is one when that is known. Thread-safe.
 */
final class Room {

    private final ReentrantLock lock = new ReentrantLock();

    /** Guarded by lock. */
    private int free;

    /** Guarded by lock: what may come back. */
    private int setAside;

    /** Guarded by lock. */
    private final ArrayDeque<CompletableFuture<Boolean>> hopes = new ArrayDeque<>();

    Room(int places) {
        this.free = places;
    }

    /** Takes so much, or as much of it as there is; {@link #settle} follows. */
    int setAside(int atMost) {
        lock.lock();
        try {
            int taken = Math.min(atMost, free);
            free -= taken;
            setAside += taken;
            return taken;
        } finally {
            lock.unlock();
        }
    }

    /** Of what was set aside so much was used, which {@link #release} gives back later, and the rest was not. */
    void settle(int was, int used) {
        change(() -> {
            setAside -= was;
            free += was - used;
        });
    }

    /** Takes a place if there is one. */
    boolean take() {
        lock.lock();
        try {
            return took();
        } finally {
            lock.unlock();
        }
    }

    private boolean took() {
        boolean there = free > 0;
        if (there) {
            free--;
        }
        return there;
    }

    /** Takes a place if there is one, or comes back from what is set aside; completes with whether it did. */
    CompletableFuture<Boolean> hope() {
        lock.lock();
        try {
            boolean took = took();
            if (took || setAside == 0) {
                return CompletableFuture.completedFuture(took);
            }
            CompletableFuture<Boolean> hope = new CompletableFuture<>();
            hopes.add(hope);
            return hope;
        } finally {
            lock.unlock();
        }
    }

    void release() {
        change(() -> free++);
    }

    boolean isFull() {
        lock.lock();
        try {
            return free == 0;
        } finally {
            lock.unlock();
        }
    }

    /** Those who are answered go on without the lock. */
    private void change(Runnable what) {
        List<CompletableFuture<Boolean>> fulfilled = new ArrayList<>();
        List<CompletableFuture<Boolean>> dashed = new ArrayList<>();
        lock.lock();
        try {
            what.run();
            while (!hopes.isEmpty() && took()) {
                fulfilled.add(hopes.remove());
            }
            if (setAside == 0) {
                dashed.addAll(hopes);
                hopes.clear();
            }
        } finally {
            lock.unlock();
        }
        fulfilled.forEach(hope -> hope.complete(true));
        dashed.forEach(hope -> hope.complete(false));
    }
}
