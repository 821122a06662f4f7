package dev.agentrunner.spi.error;

/** The store was closed. What was not durable by then is not recorded and will be done again. */
public final class StoreClosedException extends AgentRunnerException {

    private static final long serialVersionUID = 1L;

    public StoreClosedException(String store) {
        super("The store " + store + " is closed; work that was not durable is done again after the next start");
    }
}
