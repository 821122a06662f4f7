package dev.agentrunner.core.journal;

import java.util.concurrent.locks.Condition;
import java.util.concurrent.locks.ReentrantLock;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/** Work that one thread does at a time; it may enter again. */
final class Section {

    private final ReentrantLock lock = new ReentrantLock();

    <T extends @Nullable Object> T within(Supplier<T> work) {
        lock.lock();
        try {
            return work.get();
        } finally {
            lock.unlock();
        }
    }

    void within(Runnable work) {
        lock.lock();
        try {
            work.run();
        } finally {
            lock.unlock();
        }
    }

    /** To be awaited within. */
    Condition condition() {
        return lock.newCondition();
    }
}
