package dev.agentrunner.workflow;

import dev.agentrunner.spi.model.WorkflowRef;
import dev.agentrunner.spi.workspace.WorkspacePolicy;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * A named, versioned definition. Immutable.
 *
 * <p>The body is executed anew after every interruption, with recorded results in place of the steps
 * that are done. So between steps it must be deterministic: time, randomness, files and networks belong
 * into steps, or into {@link RunContext#now} and {@link RunContext#random}.
 *
 * @param <I> the input
 * @param <O> the output
 */
public record Workflow<I, O>(WorkflowRef ref, About about, ResultType<I> input, ResultType<O> output, Body<I, O> body) {

    /** What the workflow does. Whatever it throws fails the run. */
    @FunctionalInterface
    public interface Body<I, O> {
        @Nullable O run(RunContext run, I input) throws Exception;
    }

    public static Named named(String name, String version) {
        return new Named(new WorkflowRef(name, version), About.NOTHING);
    }

    /** A workflow that has a name. */
    public record Named(WorkflowRef ref, About about) {

        public Named description(String text) {
            return new Named(ref, about.description(text));
        }

        /** The steps that it is known to have, for people who choose among workflows. */
        public Named outline(List<OutlineStep> steps) {
            return new Named(ref, about.outline(steps));
        }

        /** How its runs use their workspace. */
        public Named workspace(WorkspacePolicy policy) {
            return new Named(ref, about.workspace(policy));
        }

        public Named about(About all) {
            return new Named(ref, all);
        }

        public <I> Accepting<I> input(Class<I> type) {
            return input(ResultType.of(type));
        }

        public <I> Accepting<I> input(ResultType<I> type) {
            return new Accepting<>(this, type);
        }
    }

    /** A workflow that has an input. */
    public record Accepting<I>(Named named, ResultType<I> input) {

        public <O> Typed<I, O> output(Class<O> type) {
            return output(ResultType.of(type));
        }

        public <O> Typed<I, O> output(ResultType<O> type) {
            return new Typed<>(this, type);
        }
    }

    /** A workflow that lacks only its body. */
    public record Typed<I, O>(Accepting<I> accepting, ResultType<O> output) {

        public Workflow<I, O> body(Body<I, O> body) {
            Named named = accepting.named();
            return new Workflow<>(named.ref(), named.about(), accepting.input(), output, body);
        }
    }
}
