package dev.agentrunner.workflow;

import dev.agentrunner.spi.model.Json;
import dev.agentrunner.spi.workspace.WorkspacePolicy;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * What is known of a workflow beside what it does. Immutable.
 *
 * @param inputs what an input must be
 * @param outline its steps, as far as they are known beforehand
 * @param workspace how its runs use their workspace
 * @param declared the text that defines it; null for one written in code
 */
public record About(
        String description,
        Inputs inputs,
        List<OutlineStep> outline,
        WorkspacePolicy workspace,
        @Nullable Declared declared) {

    public static final About NOTHING = new About("", Inputs.ANY, List.of(), WorkspacePolicy.DEFAULT, null);

    public About {
        outline = List.copyOf(outline);
    }

    public About description(String text) {
        return new About(text, inputs, outline, workspace, declared);
    }

    public About inputs(Inputs those) {
        return new About(description, those, outline, workspace, declared);
    }

    public About outline(List<OutlineStep> steps) {
        return new About(description, inputs, steps, workspace, declared);
    }

    public About workspace(WorkspacePolicy policy) {
        return new About(description, inputs, outline, policy, declared);
    }

    public About declared(Declared by) {
        return new About(description, inputs, outline, workspace, by);
    }

    /**
     * What an input must be.
     *
     * @param schema a JSON Schema of draft 2020-12; null: derived from the type of the input
     * @param check looks at each input before a run is created
     */
    public record Inputs(@Nullable Json schema, Check check) {

        /** Whatever the type takes. */
        public static final Inputs ANY = new Inputs(null, input -> {});

        /** Looks at an input. */
        @FunctionalInterface
        public interface Check {

            /**
             * Looks at one.
             *
             * @throws InvalidInputException if no run is to be created with it
             */
            void check(Json input);
        }
    }

    /**
     * A workflow that a text defines. Runs of it keep the text with which they began, and are executed by that.
     *
     * @param format of the text, such as {@code yaml}
     * @param reader makes the workflow of a text, also of an older one
     */
    public record Declared(String format, String text, Reader reader) {

        /** Reads a text. Thread-safe. */
        @FunctionalInterface
        public interface Reader {
            Workflow<?, ?> read(String text);
        }
    }
}
