package dev.agentrunner.http.stream;

import dev.agentrunner.spi.model.EventType;
import io.javalin.http.Context;
import java.util.Set;

/** Streams the events of all runs, without end. Carries what is in the log only, nothing live. Thread-safe. */
public final class GlobalStream {

    private final StreamHub hub;

    public GlobalStream(StreamHub hub) {
        this.hub = hub;
    }

    /**
     * Where a stream begins that is to show what happens from now on.
     *
     * @throws dev.agentrunner.spi.error.StoreUnavailableException while the store cannot be reached
     */
    public long now() {
        return hub.store().log().feedEnd();
    }

    /**
     * Answers with the stream; returns at once, and the response goes on by itself. Call it last: the context belongs to
     * the stream then.
     *
     * @param after the last global id that the client has seen
     * @param types only events of these; none: all
     * @throws StreamsUnavailableException before anything is written, if there is no room
     */
    public void handle(Context ctx, long after, Set<EventType> types, StillAllowed check) {
        hub.stream(ctx, null, after, check, (store, seat) -> new AllSource(store.log(), types, seat));
    }
}
