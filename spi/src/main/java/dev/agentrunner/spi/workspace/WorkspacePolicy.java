package dev.agentrunner.spi.workspace;

import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * How a workflow uses its workspace. Immutable.
 *
 * @param name a directory that the operator has configured under that name, shared by runs and not versioned; null: a
 *     directory of the run's own
 * @param putBack whether an interrupted or failed attempt's changes are undone before the next one
 * @param ignore what is not versioned, as in a {@code .gitignore} of simple patterns: {@code target/} is a directory of
 *     that name at any depth, {@code *.class} files, {@code /out/} at the top only
 */
public record WorkspacePolicy(@Nullable String name, boolean putBack, List<String> ignore) {

    /** What builds leave behind. */
    public static final List<String> BUILD_OUTPUTS =
            List.of("target/", "build/", "node_modules/", ".gradle/", "__pycache__/", "*.class");

    /** The run's own directory, put back after interruptions, without build outputs. */
    public static final WorkspacePolicy DEFAULT = new WorkspacePolicy(null, true, BUILD_OUTPUTS);

    public WorkspacePolicy {
        ignore = List.copyOf(ignore);
    }

    public static WorkspacePolicy named(String name) {
        return new WorkspacePolicy(name, false, BUILD_OUTPUTS);
    }

    public WorkspacePolicy putBack(boolean undo) {
        return new WorkspacePolicy(name, undo, ignore);
    }

    public WorkspacePolicy ignore(List<String> patterns) {
        return new WorkspacePolicy(name, putBack, patterns);
    }
}
