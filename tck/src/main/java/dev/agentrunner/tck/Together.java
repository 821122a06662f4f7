package dev.agentrunner.tck;

import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CyclicBarrier;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;

/** Lets threads do things at the same moment. */
final class Together {

    private static final long PATIENCE_SECONDS = 100;

    private Together() {}

    @FunctionalInterface
    interface Task<T> {
        T run(int index) throws Exception;
    }

    /** Runs the task in so many threads that start as one; the answers by index. */
    static <T> List<T> run(int threads, Task<T> task) {
        CyclicBarrier start = new CyclicBarrier(threads);
        ExecutorService pool = Executors.newFixedThreadPool(threads);
        try {
            List<Future<T>> underWay = new ArrayList<>();
            for (int i = 0; i < threads; i++) {
                int index = i;
                underWay.add(pool.submit(() -> {
                    start.await(PATIENCE_SECONDS, TimeUnit.SECONDS);
                    return task.run(index);
                }));
            }
            List<T> answers = new ArrayList<>();
            for (Future<T> one : underWay) {
                answers.add(one.get(PATIENCE_SECONDS, TimeUnit.SECONDS));
            }
            return answers;
        } catch (ExecutionException | TimeoutException e) {
            throw new AssertionError("a thread failed", e);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new AssertionError("interrupted", e);
        } finally {
            pool.shutdownNow();
        }
    }
}
