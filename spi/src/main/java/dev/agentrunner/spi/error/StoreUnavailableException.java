package dev.agentrunner.spi.error;

/** The store cannot be reached at the moment. Nothing is lost; the same call may succeed later. */
public final class StoreUnavailableException extends AgentRunnerException {

    private static final long serialVersionUID = 1L;

    public StoreUnavailableException(String store, Throwable cause) {
        super(
                "The store " + store + " cannot be reached: " + cause.getMessage()
                        + ". Runs wait and go on once it is back",
                cause);
    }
}
