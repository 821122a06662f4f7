package dev.agentrunner.http.stream;

import dev.agentrunner.spi.model.RunId;
import io.javalin.http.Context;

/** Streams the events of one run: everything after a position, then what comes, until the run has ended. Thread-safe. */
public final class RunStream {

    private final StreamHub hub;

    public RunStream(StreamHub hub) {
        this.hub = hub;
    }

    /**
     * Whether a stream from there would have nothing to say but that the run has ended: answer 204 then, which keeps a
     * client from connecting again.
     *
     * @param after the last seq that the client has seen
     * @throws dev.agentrunner.spi.error.StoreUnavailableException while the store cannot be reached
     */
    public boolean isOver(RunId run, long after) {
        return hub.store()
                .catalog()
                .run(run)
                .filter(view -> view.state().status().isTerminal() && after >= view.lastSeq())
                .isPresent();
    }

    /**
     * Answers with the stream; returns at once, and the response goes on by itself. Call it last: the context belongs to
     * the stream then.
     *
     * @param run an existing one
     * @param after the last seq that the client has seen; 0: none
     * @throws StreamsUnavailableException before anything is written, if there is no room
     */
    public void handle(Context ctx, RunId run, long after, StillAllowed check) {
        hub.stream(
                ctx,
                run,
                after,
                check,
                (store, seat) -> new RunSource(store, run, seat, hub.audience().reads(run)));
    }
}
