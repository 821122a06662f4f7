package dev.agentrunner.server.command;

import com.fasterxml.jackson.databind.JsonNode;
import dev.agentrunner.server.client.Feed;

/** Listens and says nothing. */
enum Silence implements Feed.Listener {
    LISTENER;

    @Override
    public void event(JsonNode event) {
        // only the end counts
    }

    @Override
    public void live(String kind, JsonNode message) {
        // only the end counts
    }
}
