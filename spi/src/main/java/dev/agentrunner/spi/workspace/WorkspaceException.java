package dev.agentrunner.spi.workspace;

import dev.agentrunner.spi.error.AgentRunnerException;

/** A workspace could not do what was asked. The message says what to do about it. */
public final class WorkspaceException extends AgentRunnerException {

    private static final long serialVersionUID = 1L;

    private final String kind;

    /**
     * @param kind stable, snake_case: {@code forbidden_path}, {@code no_such_file}, {@code too_large}, {@code
     *     too_many_files}, {@code unknown_workspace}, {@code command_not_found}, {@code no_sandbox}, {@code io}
     */
    public WorkspaceException(String kind, String message) {
        super(message);
        this.kind = kind;
    }

    public WorkspaceException(String kind, String message, Throwable cause) {
        super(message, cause);
        this.kind = kind;
    }

    public String kind() {
        return kind;
    }
}
