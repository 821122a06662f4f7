package dev.agentrunner.workflow;

import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * Several things at once. A branch that fails keeps further ones from starting; those under way finish,
 * then the first failed one, in order, is the failure of the whole.
 */
public interface Branches {

    /**
     * One branch.
     *
     * @param name unique among its siblings, without dots
     */
    record Branch<T>(String name, BranchBody<T> body) {}

    @FunctionalInterface
    interface BranchBody<T> {
        @Nullable T run(RunContext branch) throws Exception;
    }

    /** What is done with each item. */
    @FunctionalInterface
    interface ItemBody<I, T> {
        @Nullable T run(RunContext branch, I item) throws Exception;
    }

    /** Runs all branches at once; their results in the order of the branches. */
    <T> List<T> parallel(String name, ResultType<T> type, List<Branch<T>> branches);

    default <T> List<T> parallel(String name, Class<T> type, List<Branch<T>> branches) {
        return parallel(name, ResultType.of(type), branches);
    }

    /** Runs the body for each item, at most {@code concurrency} at once; results in the order of the items. */
    <I, T> List<T> map(String name, ResultType<T> type, List<I> items, int concurrency, ItemBody<I, T> body);

    default <I, T> List<T> map(String name, Class<T> type, List<I> items, int concurrency, ItemBody<I, T> body) {
        return map(name, ResultType.of(type), items, concurrency, body);
    }
}
