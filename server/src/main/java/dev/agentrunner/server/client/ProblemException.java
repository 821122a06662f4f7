package dev.agentrunner.server.client;

import com.fasterxml.jackson.databind.JsonNode;
import dev.agentrunner.spi.error.AgentRunnerException;

/** The server answered with a problem (RFC 9457). */
public final class ProblemException extends AgentRunnerException {

    private static final long serialVersionUID = 1L;

    private final int status;
    private final String code;

    private ProblemException(int status, String code, String message) {
        super(message);
        this.status = status;
        this.code = code;
    }

    static ProblemException of(int status, JsonNode problem) {
        StringBuilder message = new StringBuilder(problem.path("detail")
                .asText(problem.path("title").asText("The server answered with HTTP status " + status)));
        for (JsonNode error : problem.path("errors")) {
            String pointer = error.path("pointer").asText();
            message.append("\n  ")
                    .append(pointer.isEmpty() ? "" : pointer + ": ")
                    .append(error.path("detail").asText());
        }
        return new ProblemException(status, problem.path("code").asText(), message.toString());
    }

    /** The HTTP status. */
    public int status() {
        return status;
    }

    /** Stable, such as {@code run_finished}; empty if something else than our server answered. */
    public String code() {
        return code;
    }
}
