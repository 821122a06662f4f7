package dev.agentrunner.spi.error;

/** Root of all exceptions of this library. The message says what happened, what follows, and what to do. */
public class AgentRunnerException extends RuntimeException {

    private static final long serialVersionUID = 1L;

    public AgentRunnerException(String message) {
        super(message);
    }

    public AgentRunnerException(String message, Throwable cause) {
        super(message, cause);
    }
}
