package dev.agentrunner.server.client;

import com.fasterxml.jackson.databind.JsonNode;

/** What there is to be used. */
public interface Offers {

    /** As {@code items}. */
    JsonNode workflows();

    JsonNode workflow(String name);

    /** As {@code items}. */
    JsonNode providers();
}
