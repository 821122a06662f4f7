package dev.agentrunner.http.stream;

import static org.assertj.core.api.Assertions.assertThat;

import dev.agentrunner.memory.InMemoryStore;
import dev.agentrunner.spi.model.Event;
import dev.agentrunner.spi.model.RunId;
import dev.agentrunner.spi.model.RunStatus;
import dev.agentrunner.tck.fixture.Ids;
import dev.agentrunner.tck.fixture.Runs;
import java.net.URI;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

@Timeout(value = 60, threadMode = Timeout.ThreadMode.SEPARATE_THREAD) // reading cannot be interrupted
class GlobalStreamTest {

    private final InMemoryStore store = new InMemoryStore();
    private final Runs runs = new Runs(store);
    private final StreamServer server = StreamServer.start(store, StreamOptions.DEFAULT.maxStreams(2));

    @AfterEach
    void stop() {
        server.close();
    }

    private List<String> ids() {
        return store.log().feed(0, 1_000).stream()
                .map(Event::id)
                .map(id -> Long.toString(id))
                .toList();
    }

    @Test
    void it_begins_now_and_carries_the_events_of_all_runs() throws Exception {
        runs.finished(RunStatus.COMPLETED);
        try (Sse stream = Sse.open(server.uri("/events/stream"))) {
            Eventually.until("it is served", () -> server.hub.clients() == 1);
            runs.finished(RunStatus.FAILED);
            runs.running(Ids.node());

            assertThat(stream.next(5)).extracting(Frame::id).isEqualTo(ids().subList(3, 8));
        }
    }

    @Test
    void it_resumes_where_a_client_was_and_passes_over_what_it_did_not_ask_for() throws Exception {
        runs.finished(RunStatus.COMPLETED);
        runs.finished(RunStatus.FAILED);
        try (Sse stream = Sse.open(server.uri("/events/stream?types=RUN_QUEUED,RUN_FAILED"), 1)) {
            assertThat(stream.next(2)).extracting(Frame::id).containsExactly("4", "6");
            runs.queued();
            assertThat(stream.next(1)).extracting(Frame::id).containsExactly("7");
        }
    }

    @Test
    void there_are_no_more_streams_than_there_is_room_for() throws Exception {
        RunId run = runs.running(Ids.node()).run();
        try (Sse one = Sse.open(server.stream(run));
                Sse two = Sse.open(server.uri("/events/stream"))) {
            one.next(2);
            try (Sse three = Sse.open(server.stream(run))) {
                assertThat(three.status()).isEqualTo(503);
                assertThat(three.response().headers().firstValue("Retry-After")).contains("5");
                assertThat(three.line()).startsWith("All 2 streams of this node are taken");
            }
            assertThat(two.status()).isEqualTo(200);
            assertThat(server.hub.clients()).isEqualTo(2);
        }
    }

    @Test
    void a_long_poll_answers_as_soon_as_something_comes() throws Exception {
        var claim = runs.running(Ids.node());
        assertThat(poll(claim.run(), 0, 30_000).get(20, TimeUnit.SECONDS)).contains("\"seq\":1");

        CompletableFuture<String> waiting = poll(claim.run(), 2, 30_000);
        Eventually.until("it waits", () -> server.hub.clients() == 1);
        runs.appended(runs.holding(claim).log("news"));

        assertThat(waiting.get(20, TimeUnit.SECONDS)).contains("\"seq\":3").doesNotContain("\"seq\":2");
        Eventually.until("nobody waits", () -> server.hub.clients() == 0);
    }

    @Test
    void a_long_poll_gives_up_in_time_and_does_not_wait_for_a_run_that_has_ended() throws Exception {
        assertThat(poll(runs.queued(), 1, 100).get(20, TimeUnit.SECONDS)).isEqualTo("[]");
        assertThat(poll(runs.finished(RunStatus.COMPLETED), 3, 30_000).get(20, TimeUnit.SECONDS))
                .isEqualTo("[]");
    }

    private CompletableFuture<String> poll(RunId run, long after, int wait) {
        URI uri = server.uri("/runs/" + run + "/events?after=" + after + "&wait=" + wait);
        return Sse.HTTP
                .sendAsync(HttpRequest.newBuilder(uri).build(), HttpResponse.BodyHandlers.ofString())
                .thenApply(HttpResponse::body);
    }
}
