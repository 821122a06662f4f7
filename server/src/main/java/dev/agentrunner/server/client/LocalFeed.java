package dev.agentrunner.server.client;

import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.agentrunner.AgentRunner;
import dev.agentrunner.client.UnknownRunException;
import dev.agentrunner.http.view.Shown;
import dev.agentrunner.live.Live;
import dev.agentrunner.live.LiveEvent;
import dev.agentrunner.live.LiveEvent.Beat;
import dev.agentrunner.server.client.LocalBackend.Place;
import dev.agentrunner.spi.llm.Delta;
import dev.agentrunner.spi.log.RunLog;
import dev.agentrunner.spi.model.Event;
import dev.agentrunner.spi.model.EventType;
import dev.agentrunner.spi.model.RunId;
import java.util.List;
import java.util.Queue;
import java.util.Set;
import java.util.concurrent.ArrayBlockingQueue;
import java.util.concurrent.Semaphore;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;

/**
 * Reads the log as it grows: when it is hinted at, and once a second all the same.
 *
 * @param runner whose steps are watched live; null: nothing is
 */
record LocalFeed(Place place, @Nullable AgentRunner runner) implements Feed {

    private static final int BATCH = 200;
    private static final int MOST_LIVE = 1_000;
    private static final Set<EventType> LAST =
            Set.of(EventType.RUN_COMPLETED, EventType.RUN_FAILED, EventType.RUN_CANCELED);

    @Override
    @SuppressWarnings("try") // hints and live messages come while the block runs; nothing names where from
    public void follow(String run, long after, Listener listener) throws InterruptedException {
        RunId id = LocalReads.id(run);
        if (ended(id, after)) {
            return;
        }
        Semaphore news = new Semaphore(0);
        Queue<LiveEvent> live = new ArrayBlockingQueue<>(MOST_LIVE);
        try (RunLog.Subscription hints = place.store().log().follow(hint -> news.release());
                Live.Watching watching = watch(id, live, news)) {
            RunLog log = place.log();
            long seen = after;
            while (true) {
                for (LiveEvent shown = live.poll(); shown != null; shown = live.poll()) {
                    tell(shown, listener);
                }
                List<Event> events = log.read(id, seen, BATCH);
                for (Event event : events) {
                    listener.event(LocalReads.shown(event));
                    seen = event.seq();
                    if (LAST.contains(event.type())) {
                        return;
                    }
                }
                if (events.isEmpty() && !news.tryAcquire(1, TimeUnit.SECONDS) && ended(id, seen)) {
                    return;
                }
                news.drainPermits();
            }
        }
    }

    /** Whoever follows from after the end must not wait for ever. */
    private boolean ended(RunId id, long seen) {
        return place.store()
                .catalog()
                .run(id)
                .map(view -> view.state().status().isTerminal() && view.lastSeq() <= seen)
                .orElseThrow(() -> new UnknownRunException(id));
    }

    private Live.Watching watch(RunId run, Queue<LiveEvent> live, Semaphore news) {
        return runner == null
                ? () -> {}
                : runner.live().watch(event -> {
                    if (event.run().equals(run) && live.offer(event)) {
                        news.release();
                    }
                });
    }

    /** As the server's streams name them. */
    private static void tell(LiveEvent event, Listener listener) {
        ObjectNode json = Shown.object()
                .put("run_id", event.run().toString())
                .put("step_id", event.step().value())
                .put("attempt", event.attempt());
        if (event instanceof LiveEvent.Showing showing) {
            listener.live("step.output", json.put("stream", showing.stream()).put("text", showing.text()));
        } else if (event instanceof LiveEvent.Beating beating) {
            Beat beat = beating.beat();
            listener.live(
                    "llm.heartbeat",
                    json.put("phase", beat.phase())
                            .put("elapsed_ms", beat.elapsed().toMillis()));
        } else if (event instanceof LiveEvent.Answering answering) {
            if (answering.delta() instanceof Delta.Text more) {
                listener.live("llm.delta", json.put("text", more.text()).put("kind", "text"));
            } else if (answering.delta() instanceof Delta.Thinking more) {
                listener.live("llm.delta", json.put("text", more.text()).put("kind", "thinking"));
            }
        }
    }
}
