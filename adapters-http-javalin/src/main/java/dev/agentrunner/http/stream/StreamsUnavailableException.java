package dev.agentrunner.http.stream;

import dev.agentrunner.spi.error.AgentRunnerException;
import java.time.Duration;

/** This node takes no further stream at the moment. Nothing has been written to the response. */
public final class StreamsUnavailableException extends AgentRunnerException {

    private static final long serialVersionUID = 1L;

    private static final Duration RETRY_AFTER = Duration.ofSeconds(5);

    private StreamsUnavailableException(String message) {
        super(message);
    }

    static StreamsUnavailableException full(int limit) {
        return new StreamsUnavailableException("All " + limit
                + " streams of this node are taken; try again later, ask another node, or raise the limit of streams");
    }

    static StreamsUnavailableException closed() {
        return new StreamsUnavailableException("This node is stopping and opens no stream; ask another node");
    }

    /** When it is worth asking again; for {@code Retry-After}. */
    public Duration retryAfter() {
        return RETRY_AFTER;
    }
}
