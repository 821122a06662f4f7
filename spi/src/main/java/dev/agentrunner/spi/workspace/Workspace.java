package dev.agentrunner.spi.workspace;

import java.nio.file.Path;

/** The directory that one run may touch. Thread-safe. */
public interface Workspace {

    /** Absolute. For programs that are given a place to work in; access from here goes through {@link #files()}. */
    Path directory();

    /** The files in it, and only those. */
    WorkspaceFiles files();

    /**
     * Starts a program in it.
     *
     * @param output is told what the program writes as it comes; called by one thread at a time, must not block for long
     * @throws WorkspaceException if it cannot be started: {@code command_not_found}, {@code no_sandbox}
     */
    RunningCommand start(Command command, OutputListener output);

    /** What is in it, to compare and to put back. */
    WorkspaceVersions versions();
}
