package dev.agentrunner.core.journal;

import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.locks.Condition;
import java.util.concurrent.locks.ReentrantLock;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/** Work that one thread does at a time; it may enter again. */
final class Section {

    private final ReentrantLock lock = new ReentrantLock();
    private final List<Runnable> afterwards = new ArrayList<>(); // guarded by lock

    <T extends @Nullable Object> T within(Supplier<T> work) {
        lock.lock();
        try {
            return work.get();
        } finally {
            leave();
        }
    }

    void within(Runnable work) {
        lock.lock();
        try {
            work.run();
        } finally {
            leave();
        }
    }

    /** What the thread that is within is to do once it is not any more, because it takes other locks. */
    void afterwards(Runnable task) {
        afterwards.add(task);
    }

    private void leave() {
        List<Runnable> tasks = List.of();
        if (lock.getHoldCount() == 1 && !afterwards.isEmpty()) {
            tasks = List.copyOf(afterwards);
            afterwards.clear();
        }
        lock.unlock();
        tasks.forEach(Runnable::run);
    }

    /** To be awaited within. */
    Condition condition() {
        return lock.newCondition();
    }
}
