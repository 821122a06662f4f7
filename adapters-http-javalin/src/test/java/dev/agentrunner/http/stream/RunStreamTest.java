package dev.agentrunner.http.stream;

import static org.assertj.core.api.Assertions.assertThat;

import dev.agentrunner.http.view.EventJson;
import dev.agentrunner.memory.InMemoryStore;
import dev.agentrunner.spi.model.Event;
import dev.agentrunner.spi.model.EventType;
import dev.agentrunner.spi.model.RunId;
import dev.agentrunner.spi.model.RunStatus;
import dev.agentrunner.spi.queue.Claim;
import dev.agentrunner.tck.fault.FaultyStore;
import dev.agentrunner.tck.fixture.Ids;
import dev.agentrunner.tck.fixture.Runs;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.time.Duration;
import java.util.List;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

@Timeout(value = 60, threadMode = Timeout.ThreadMode.SEPARATE_THREAD) // reading cannot be interrupted
class RunStreamTest {

    private final ManualTicker ticker = new ManualTicker();
    private final FaultyStore store = new FaultyStore(new InMemoryStore());
    private final Runs runs = new Runs(store);
    private final StreamServer server = StreamServer.start(store, ticker);

    @AfterEach
    void stop() {
        store.recover();
        server.close();
    }

    private List<Event> log(RunId run) {
        return store.log().read(run, 0, 1_000);
    }

    private List<Frame> frames(RunId run) {
        return log(run).stream()
                .map(event -> new Frame(Long.toString(event.seq()), "", EventJson.of(event)))
                .toList();
    }

    @Test
    void what_was_recorded_comes_first_then_what_is_and_at_the_end_it_says_so_and_closes() throws Exception {
        Claim claim = runs.running(Ids.node());
        try (Sse stream = Sse.open(server.stream(claim.run()))) {
            assertThat(stream.response().headers().firstValue("Content-Type"))
                    .get()
                    .asString()
                    .startsWith("text/event-stream");
            assertThat(stream.line()).isEqualTo("retry: 2000");
            List<Frame> seen = stream.next(2);
            runs.appended(runs.holding(claim).log("one").log("two"));
            runs.appended(runs.finishing(claim, RunStatus.FAILED));
            List<Frame> rest = stream.rest();

            assertThat(seen).isEqualTo(frames(claim.run()).subList(0, 2));
            assertThat(rest.subList(0, 3)).isEqualTo(frames(claim.run()).subList(2, 5));
            assertThat(rest.subList(3, rest.size())).containsExactly(new Frame("", "end", "{\"status\":\"FAILED\"}"));
        }
        Eventually.until("nobody is served", () -> server.hub.clients() == 0);
    }

    @Test
    void a_client_resumes_after_what_it_has_seen_and_need_not_come_back_after_the_end() throws Exception {
        RunId run = runs.finished(RunStatus.COMPLETED);
        try (Sse stream = Sse.open(server.stream(run), 1)) {
            assertThat(stream.rest()).extracting(Frame::id).containsExactly("2", "3", "");
        }
        try (Sse stream = Sse.open(server.stream(run), 3)) {
            assertThat(stream.status()).isEqualTo(204);
            assertThat(stream.rest()).isEmpty();
        }
    }

    @Test
    void line_breaks_in_what_was_recorded_end_no_line_of_the_stream() throws Exception {
        Claim claim = runs.running(Ids.node());
        runs.appended(runs.holding(claim)
                .event(new EventType("x.\r\nevent: end"), "{\"a\":\r\n\"b\\r\\n\",\n\n\"id: 7\":\r1}"));
        runs.appended(runs.finishing(claim, RunStatus.COMPLETED));

        try (Sse stream = Sse.open(server.stream(claim.run()))) {
            assertThat(stream.rest()).extracting(Frame::id).containsExactly("1", "2", "3", "4", "");
        }
    }

    @Test
    void a_comment_every_15_s_keeps_the_connection_alive() throws Exception {
        Claim claim = runs.running(Ids.node());
        try (Sse stream = Sse.open(server.stream(claim.run()))) {
            stream.next(2);
            ticker.pass(Duration.ofSeconds(1));
            for (int i = 0; i < 3; i++) {
                ticker.pass(Duration.ofSeconds(13));
                ticker.pass(Duration.ofSeconds(1));
                assertThat(stream.line()).isEqualTo(":");
                ticker.pass(Duration.ofSeconds(1));
                assertThat(stream.line()).isEmpty();
            }
            runs.appended(runs.holding(claim).log("still here"));
            assertThat(stream.next(1)).extracting(Frame::id).containsExactly("3");
        }
    }

    @Test
    void an_idle_client_that_has_gone_is_noticed_with_the_next_comment() throws Exception {
        Claim claim = runs.running(Ids.node());
        SlowClient client = SlowClient.connect(server, claim.run());
        Eventually.until("it is served", () -> server.hub.clients() == 1);
        client.close();

        ticker.pass(Duration.ofSeconds(15));
        Eventually.until("it is gone", () -> {
            ticker.pass(Duration.ofSeconds(1));
            return server.hub.clients() == 0;
        });

        assertThat(server.hub.audience().isEmpty()).isTrue();
    }

    @Test
    void whoever_may_not_see_it_any_more_is_disconnected_without_an_end() throws Exception {
        Claim claim = runs.running(Ids.node());
        try (Sse stream = Sse.open(server.stream(claim.run()))) {
            stream.next(2);
            server.revoke();
            ticker.pass(Duration.ofSeconds(5));

            assertThat(stream.rest()).isEmpty();
        }
    }

    @Test
    void a_store_that_is_away_holds_the_stream_up_and_loses_nothing() throws Exception {
        Claim claim = runs.running(Ids.node());
        try (Sse stream = Sse.open(server.stream(claim.run()))) {
            stream.next(2);
            runs.appended(runs.holding(claim).log("one"));
            stream.next(1);
            store.breakDown();
            ticker.pass(Duration.ofSeconds(1));
            ticker.pass(Duration.ofSeconds(1));
            store.recover();
            runs.appended(runs.finishing(claim, RunStatus.COMPLETED));
            ticker.pass(Duration.ofSeconds(1));

            assertThat(stream.rest()).extracting(Frame::id).containsExactly("4", "");
        }
    }

    @Test
    void what_others_append_without_a_hint_is_found_after_a_second() throws Exception {
        Claim claim = runs.running(Ids.node());
        Claim other = runs.running(Ids.node());
        try (Sse stream = Sse.open(server.stream(claim.run()));
                Sse all = Sse.open(server.uri("/events/stream"))) {
            stream.next(2);
            ticker.pass(Duration.ofSeconds(1));
            store.deaf();
            for (int i = 3; i < 6; i++) {
                runs.appended(runs.holding(other).log("noise"));
                runs.appended(runs.holding(claim).log("quiet"));
                ticker.pass(Duration.ofSeconds(1));
                assertThat(stream.next(1)).extracting(Frame::id).containsExactly(Integer.toString(i));
                assertThat(all.next(2)).hasSize(2);
            }
        }
    }

    @Test
    void a_stopping_server_ends_its_streams_so_that_clients_connect_again() throws Exception {
        Claim claim = runs.running(Ids.node());
        try (Sse stream = Sse.open(server.stream(claim.run()))) {
            stream.next(2);
            server.hub.close();

            assertThat(stream.rest()).isEmpty();
            assertThat(server.hub.clients()).isZero();
            assertThat(server.live.watchers()).isZero();
        }
        try (Sse refused = Sse.open(server.stream(claim.run()))) {
            assertThat(refused.status()).isEqualTo(503);
        }
    }

    @Test
    void a_run_that_is_deleted_meanwhile_ends_its_stream_without_an_end() throws Exception {
        Claim claim = runs.running(Ids.node());
        runs.appended(runs.finishing(claim, RunStatus.COMPLETED));
        store.retention().purge(claim.run());

        try (Sse stream = Sse.open(server.stream(claim.run()))) {
            assertThat(stream.rest()).isEmpty();
        }
    }

    @Test
    void only_the_head_is_answered_to_whoever_asks_for_it() throws Exception {
        RunId run = runs.running(Ids.node()).run();

        HttpResponse<String> head = Sse.HTTP.send(
                HttpRequest.newBuilder(server.stream(run))
                        .method("HEAD", HttpRequest.BodyPublishers.noBody())
                        .build(),
                HttpResponse.BodyHandlers.ofString());

        assertThat(head.statusCode()).isEqualTo(200);
        assertThat(head.headers().firstValue("Content-Type")).get().asString().startsWith("text/event-stream");
        assertThat(server.hub.clients()).isZero();
    }
}
