package dev.agentrunner.tck;

import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CompletionService;
import java.util.concurrent.CyclicBarrier;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorCompletionService;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.TimeUnit;

/** Lets threads do things at the same moment; the first that fails ends them all. */
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
        CompletionService<T> ended = new ExecutorCompletionService<>(pool);
        try {
            List<Future<T>> underWay = new ArrayList<>();
            for (int i = 0; i < threads; i++) {
                int index = i;
                underWay.add(ended.submit(() -> {
                    start.await(PATIENCE_SECONDS, TimeUnit.SECONDS);
                    return task.run(index);
                }));
            }
            for (int i = 0; i < threads; i++) {
                Future<T> next = ended.poll(PATIENCE_SECONDS, TimeUnit.SECONDS);
                if (next == null) {
                    throw new AssertionError("no thread ends");
                }
                next.get();
            }
            List<T> answers = new ArrayList<>();
            for (Future<T> one : underWay) {
                answers.add(one.get());
            }
            return answers;
        } catch (ExecutionException e) {
            throw new AssertionError("a thread failed", e);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new AssertionError("interrupted", e);
        } finally {
            pool.shutdownNow();
        }
    }
}
