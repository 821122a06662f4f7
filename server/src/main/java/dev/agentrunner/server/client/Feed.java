package dev.agentrunner.server.client;

import com.fasterxml.jackson.databind.JsonNode;

/** What happens, as it does. */
public interface Feed {

    /** Is told in order, by the thread that follows. */
    interface Listener {

        void event(JsonNode event);

        /**
         * Something that nobody stores.
         *
         * @param kind {@code llm.delta} or {@code llm.heartbeat}
         */
        void live(String kind, JsonNode message);
    }

    /** Tells all of a run's events after a seq, and those to come, and returns when the run has ended and all were told. */
    void follow(String run, long after, Listener listener) throws InterruptedException;
}
