package dev.agentrunner.server.extension;

import dev.agentrunner.workflow.Workflow;
import java.util.List;

/**
 * Adds workflows written in code, and commands, to the program. Found by {@link java.util.ServiceLoader} in the jars on its
 * class path. A class that can be made without arguments.
 */
public interface Extension {

    /** Workflows that this program executes. Of several versions of one, the last is the newest. */
    default List<Workflow<?, ?>> workflows() {
        return List.of();
    }

    /**
     * Commands of the command line: each an object with picocli's annotations, whose result is the exit code if it is a
     * {@link java.util.concurrent.Callable} of an integer.
     */
    default List<Object> commands() {
        return List.of();
    }
}
