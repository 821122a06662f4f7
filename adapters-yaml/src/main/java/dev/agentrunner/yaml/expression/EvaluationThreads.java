package dev.agentrunner.yaml.expression;

import java.time.Duration;
import java.util.concurrent.Callable;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.FutureTask;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.ThreadPoolExecutor;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.concurrent.atomic.AtomicLong;

/**
 * The threads on which expressions are evaluated: few, daemons, gone after some idle seconds. Work is expected to end
 * itself; if it does not, its thread is given up, another takes its place, and it goes when it ends after all.
 */
final class EvaluationThreads {

    static final String NAME = "agent-runner-expression-";

    private static final long STACK = 1 << 20;
    private static final Duration IDLE = Duration.ofSeconds(10);
    private static final Duration ONCE = Duration.ofSeconds(5);

    /** For work that is about to end itself. */
    private static final Duration GRACE = Duration.ofSeconds(1);

    private static final AtomicLong NUMBER = new AtomicLong();
    private static final EvaluationThreads SHARED =
            new EvaluationThreads(Math.max(2, Runtime.getRuntime().availableProcessors()));

    private final ThreadPoolExecutor pool;

    EvaluationThreads(int size) {
        pool = new ThreadPoolExecutor(
                size,
                size,
                IDLE.toMillis(),
                TimeUnit.MILLISECONDS,
                new LinkedBlockingQueue<>(),
                EvaluationThreads::thread);
        pool.allowCoreThreadTimeOut(true);
    }

    static EvaluationThreads shared() {
        return SHARED;
    }

    /**
     * Waits for the work's result, also when interrupted; the interrupt is kept for the caller.
     *
     * @param limit from when a thread has taken it; it gets some grace on top
     * @throws TimeoutException if it has not ended by then
     */
    <T> T call(Callable<T> work, Duration limit) throws TimeoutException {
        CountDownLatch begun = new CountDownLatch(1);
        FutureTask<T> task = new FutureTask<>(() -> {
            begun.countDown();
            return work.call();
        });
        pool.execute(() -> {
            task.run();
            // nothing else is done by a thread that was given up
            if (task.isCancelled()) {
                resize(-1);
            }
        });
        return finish(task, begun, limit);
    }

    /** The same on a thread of its own, which keeps nothing for whoever comes next. */
    static <T> T once(Callable<T> work) throws TimeoutException {
        FutureTask<T> task = new FutureTask<>(work);
        thread(task).start();
        return get(task, new CountDownLatch(0), ONCE);
    }

    private <T> T finish(FutureTask<T> task, CountDownLatch begun, Duration limit) throws TimeoutException {
        try {
            return get(task, begun, limit.plus(GRACE));
        } catch (TimeoutException e) {
            if (task.cancel(false)) {
                resize(1);
            }
            throw e;
        }
    }

    private synchronized void resize(int change) {
        int size = pool.getCorePoolSize() + change;
        if (change > 0) {
            pool.setMaximumPoolSize(size);
            pool.setCorePoolSize(size);
        } else {
            pool.setCorePoolSize(size);
            pool.setMaximumPoolSize(size);
        }
    }

    private static <T> T get(FutureTask<T> task, CountDownLatch begun, Duration limit) throws TimeoutException {
        boolean interrupted = false;
        try {
            while (true) {
                try {
                    begun.await();
                    return task.get(limit.toNanos(), TimeUnit.NANOSECONDS);
                } catch (InterruptedException e) {
                    interrupted = true;
                }
            }
        } catch (ExecutionException e) {
            if (e.getCause() instanceof RuntimeException exception) {
                throw exception;
            }
            if (e.getCause() instanceof Error error) {
                throw error;
            }
            throw new IllegalStateException(e.getCause());
        } finally {
            if (interrupted) {
                Thread.currentThread().interrupt();
            }
        }
    }

    private static Thread thread(Runnable work) {
        Thread thread = new Thread(null, work, NAME + NUMBER.incrementAndGet(), STACK, false);
        thread.setDaemon(true);
        return thread;
    }
}
