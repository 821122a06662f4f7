package dev.agentrunner.server.client;

import com.fasterxml.jackson.databind.JsonNode;
import dev.agentrunner.server.client.EventStream.Message;
import dev.agentrunner.spi.model.Json;
import java.io.IOException;
import java.io.InputStream;
import java.net.http.HttpResponse;
import java.time.Duration;
import org.jspecify.annotations.Nullable;

/** Follows a run on a server, and goes on where it was when the connection breaks. */
final class HttpFeed implements Feed {

    private static final int NO_CONTENT = 204;
    private static final int MOST_FAILURES = 15;
    private static final Duration BETWEEN = Duration.ofSeconds(2);

    /** The server says at least that it is alive, every 15 seconds. */
    static final Duration PATIENCE = Duration.ofSeconds(45);

    private final Http http;
    private final Pause pause;
    private final Duration patience;

    HttpFeed(Http http, Pause pause, Duration patience) {
        this.http = http;
        this.pause = pause;
        this.patience = patience;
    }

    /** Lets time pass. */
    @FunctionalInterface
    interface Pause {
        void of(Duration time) throws InterruptedException;
    }

    @Override
    public void follow(String run, long after, Listener listener) throws InterruptedException {
        String path = "/runs/" + Http.part(run) + "/events/stream";
        Place place = new Place(after);
        int failures = 0;
        while (true) {
            long before = place.seen;
            try {
                HttpResponse<InputStream> response =
                        http.open(path, "Accept", "text/event-stream", "Last-Event-ID", Long.toString(place.seen));
                try (InputStream body = new WatchedStream(response.body(), patience)) {
                    if (response.statusCode() == NO_CONTENT || tell(new EventStream(body), place, listener)) {
                        return;
                    }
                }
            } catch (UnreachableException e) {
                failures = again(failures, e);
            } catch (IOException e) {
                failures = again(failures, http.unreachable(e));
            }
            failures = place.seen > before ? 0 : failures;
            pause.of(BETWEEN);
        }
    }

    private static int again(int failures, UnreachableException cause) {
        if (failures >= MOST_FAILURES) {
            throw cause;
        }
        return failures + 1;
    }

    /** Where a follower is. */
    private static final class Place {
        private long seen;

        Place(long seen) {
            this.seen = seen;
        }
    }

    /** Whether the run has ended. */
    private static boolean tell(EventStream stream, Place place, Listener listener) throws IOException {
        for (@Nullable Message message = stream.next(); message != null; message = stream.next()) {
            switch (message.name()) {
                case "end" -> {
                    return true;
                }
                case "overflow" -> {
                    return false;
                }
                case "message" -> {
                    JsonNode event = Json.parse(message.data()).tree();
                    listener.event(event);
                    place.seen = event.path("seq").asLong();
                }
                default ->
                    listener.live(message.name(), Json.parse(message.data()).tree());
            }
        }
        return false;
    }
}
