package dev.agentrunner.ollama.fake;

import com.fasterxml.jackson.databind.JsonNode;
import java.time.Duration;
import java.util.Map;
import java.util.concurrent.CompletableFuture;

/**
 * A request that came in. Immutable.
 *
 * @param headers by their names in lower case
 * @param body as JSON; a missing node if there was none
 * @param gone completes when the client has closed the connection
 */
public record Request(
        String method, String path, Map<String, String> headers, JsonNode body, CompletableFuture<Void> gone) {

    /** Fails unless the client closes the connection within a second. */
    public void awaitGone() {
        Gate.await(gone, "closed the connection", Duration.ofSeconds(1));
    }
}
