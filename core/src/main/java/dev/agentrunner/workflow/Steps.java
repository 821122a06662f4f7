package dev.agentrunner.workflow;

import java.time.Instant;
import java.util.random.RandomGenerator;
import org.jspecify.annotations.Nullable;

/**
 * Work that is recorded once. A step is identified by the names of the branches it is in, its own name,
 * and, when that recurs, its occurrence. Names have 1 to 200 characters without {@code / # [ ]} and
 * control characters.
 *
 * <p>Results become JSON by Jackson and are given back as read from it, so that a replay sees what the
 * first execution saw.
 */
public interface Steps {

    /** The body of a step. It may be executed more than once, until its result is recorded. */
    @FunctionalInterface
    interface StepBody<T> {
        @Nullable T execute(StepContext step) throws Exception;
    }

    /** The body of a step without a result. */
    @FunctionalInterface
    interface StepAction {
        void execute(StepContext step) throws Exception;
    }

    /**
     * Executes a step, or gives its recorded result.
     *
     * @throws StepFailedException when it failed for good; recorded as well
     */
    <T> T step(String name, ResultType<T> type, StepOptions options, StepBody<T> body);

    default <T> T step(String name, Class<T> type, StepOptions options, StepBody<T> body) {
        return step(name, ResultType.of(type), options, body);
    }

    default <T> T step(String name, Class<T> type, StepBody<T> body) {
        return step(name, ResultType.of(type), StepOptions.DEFAULT, body);
    }

    /** Executes a step that has no result. */
    default void step(String name, StepAction action) {
        step(name, StepOptions.DEFAULT, action);
    }

    default void step(String name, StepOptions options, StepAction action) {
        step(name, ResultType.of(Void.class), options, step -> {
            action.execute(step);
            return null;
        });
    }

    /** Records that a step was left out. */
    default void skip(String name, String reason) {
        skip(name, "step", reason);
    }

    /** Records that a step of this kind was left out. */
    void skip(String name, String kind, String reason);

    /**
     * Starts another workflow as a child run and waits for its output without holding a thread. Canceling
     * this run cancels the child.
     *
     * @throws StepFailedException when the child failed or was canceled
     */
    <I, O> O call(String name, Workflow<I, O> workflow, I input);

    /**
     * As {@link #call(String, Workflow, Object)}, with the newest version of a workflow that is registered under this
     * name when the child is created.
     *
     * @param options of which the timeout is the child's deadline; the kind is {@code call} unless it says another
     * @throws StepFailedException as above, and with kind {@code unknown_workflow} or {@code invalid_input} if no child
     *     could be created
     * @throws TerminalFailureException if runs are nested more than {@value #MAX_DEPTH} deep
     */
    <O> O call(String name, String workflow, Object input, ResultType<O> output, StepOptions options);

    /** How deep runs may be nested in runs. */
    int MAX_DEPTH = 16;

    /** The store's time, recorded: a replay gets the same moment. */
    Instant now();

    /** Random numbers that a replay gets again; nothing is recorded. */
    RandomGenerator random();
}
