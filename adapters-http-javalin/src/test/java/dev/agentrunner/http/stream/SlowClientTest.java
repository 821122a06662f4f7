package dev.agentrunner.http.stream;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.agentrunner.memory.InMemoryStore;
import dev.agentrunner.spi.model.RunId;
import dev.agentrunner.spi.model.RunStatus;
import dev.agentrunner.spi.queue.Claim;
import dev.agentrunner.tck.fixture.Ids;
import dev.agentrunner.tck.fixture.Runs;
import java.io.IOException;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.atomic.AtomicBoolean;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

@Timeout(value = 120, threadMode = Timeout.ThreadMode.SEPARATE_THREAD) // reading cannot be interrupted
class SlowClientTest {

    private static final int EVENTS = 300;
    private static final String LARGE = "x".repeat(60_000);

    private final ManualTicker ticker = new ManualTicker();
    private final InMemoryStore store = new InMemoryStore();
    private final Runs runs = new Runs(store);
    private final StreamServer server = StreamServer.start(store, ticker);

    @AfterEach
    void stop() {
        server.close();
    }

    private Claim largeRun() {
        Claim claim = runs.running(Ids.node());
        for (int i = 2; i < EVENTS; i++) {
            runs.appended(runs.holding(claim).log(LARGE));
        }
        return claim;
    }

    private boolean isLate() {
        AtomicBoolean late = new AtomicBoolean();
        server.hub
                .audience()
                .forEach(seat -> late.compareAndSet(false, seat.stall().isLate()));
        return late.get();
    }

    @Test
    void whoever_does_not_read_is_cut_off_within_a_minute_and_holds_nobody_up() throws Exception {
        Claim claim = largeRun();
        try (SlowClient slow = SlowClient.connect(server, claim.run());
                Sse quick = Sse.open(server.stream(claim.run()))) {
            assertThat(quick.next(EVENTS)).extracting(Frame::number).isSorted();
            assertThat(server.hub.clients()).isEqualTo(2);

            int[] passed = {0};
            Eventually.until("the slow one is cut off", () -> {
                ticker.pass(Duration.ofSeconds(5));
                passed[0] += 5;
                return server.hub.clients() == 1;
            });
            assertThat(passed[0]).isGreaterThanOrEqualTo(60);

            runs.appended(runs.finishing(claim, RunStatus.COMPLETED));
            assertThat(quick.rest()).extracting(Frame::name).containsExactly("", "end");
            assertIsCut(slow);
        }
    }

    private static void assertIsCut(SlowClient slow) {
        assertThatThrownBy(() -> {
                    if (!slow.rest().endsWith("0\r\n\r\n")) {
                        throw new IOException("closed in the middle");
                    }
                })
                .isInstanceOf(IOException.class);
    }

    @Test
    void who_reads_again_after_50_s_is_told_that_this_was_too_slow() throws Exception {
        Claim claim = largeRun();
        try (SlowClient slow = SlowClient.connect(server, claim.run())) {
            Eventually.until("it is late", () -> {
                ticker.pass(Duration.ofSeconds(5));
                return isLate();
            });

            String seen = slow.until("event: overflow");

            assertThat(seen).doesNotContain("id: " + EVENTS + "\n");
            Eventually.until("it is cut off", () -> server.hub.clients() == 0);
        }
    }

    @Test
    void a_connection_is_as_good_as_before_after_a_stream_has_ended() throws Exception {
        RunId run = runs.finished(RunStatus.COMPLETED);
        try (SlowClient client = SlowClient.connect(server, run)) {
            assertThat(client.until("0\r\n\r\n")).contains("event: end");
            client.ask(server, run);

            assertThat(client.until("event: end")).startsWith("HTTP/1.1 200");
        }
    }

    @Test
    void a_slow_client_does_not_keep_the_server_from_stopping() throws Exception {
        RunId run = largeRun().run();
        try (SlowClient slow = SlowClient.connect(server, run);
                Sse other = Sse.open(server.stream(run))) {
            other.next(EVENTS);

            server.hub.close();

            Eventually.until("nobody is served", () -> server.hub.clients() == 0);
            assertThat(other.rest()).isEqualTo(List.of());
            assertIsCut(slow);
        }
    }
}
