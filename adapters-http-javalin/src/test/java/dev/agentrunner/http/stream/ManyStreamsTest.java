package dev.agentrunner.http.stream;

import static org.assertj.core.api.Assertions.assertThat;

import dev.agentrunner.memory.InMemoryStore;
import dev.agentrunner.spi.model.RunStatus;
import dev.agentrunner.spi.queue.Claim;
import dev.agentrunner.tck.fixture.Ids;
import dev.agentrunner.tck.fixture.Runs;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.Flow;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.condition.EnabledForJreRange;
import org.junit.jupiter.api.condition.JRE;

class ManyStreamsTest {

    private static final int STREAMS = 2_000;
    private static final int RUNS = 20;

    @Test
    @Timeout(120)
    @EnabledForJreRange(min = JRE.JAVA_21, disabledReason = "each stream holds a platform thread on this JVM")
    void two_thousand_streams_at_once_see_everything_and_leave_the_server_free() throws Exception {
        InMemoryStore store = new InMemoryStore();
        Runs runs = new Runs(store);
        try (StreamServer server = StreamServer.start(store)) {
            List<Claim> claims =
                    Stream.generate(() -> runs.running(Ids.node())).limit(RUNS).toList();
            List<Tail> tails = new ArrayList<>();
            for (int i = 0; i < STREAMS; i++) {
                tails.add(Tail.of(server, claims.get(i % RUNS)));
            }
            Eventually.until("all are served", () -> server.hub.clients() == STREAMS);
            Eventually.until("all have seen the beginning", () -> tails.stream().allMatch(t -> t.events.get() == 2));
            assertThat(threads()).as("threads of the system").isLessThan(400);

            for (int i = 0; i < 10; i++) {
                claims.forEach(claim -> runs.appended(runs.holding(claim).log("news")));
            }
            assertThat(Sse.HTTP
                            .send(
                                    HttpRequest.newBuilder(server.uri("/ping")).build(),
                                    HttpResponse.BodyHandlers.ofString())
                            .body())
                    .isEqualTo("pong");
            claims.forEach(claim -> runs.appended(runs.finishing(claim, RunStatus.COMPLETED)));

            for (Tail tail : tails) {
                tail.ended.get(60, TimeUnit.SECONDS);
                assertThat(tail.events).hasValue(13);
            }
            Eventually.until("nobody is served", () -> server.hub.clients() == 0);
        }
    }

    private static int threads() {
        return Thread.getAllStackTraces().size();
    }

    /** Counts the events of a stream without holding a thread. */
    private static final class Tail implements Flow.Subscriber<String> {

        final AtomicInteger events = new AtomicInteger();
        final CompletableFuture<Void> ended = new CompletableFuture<>();

        static Tail of(StreamServer server, Claim claim) {
            Tail tail = new Tail();
            Sse.HTTP
                    .sendAsync(
                            HttpRequest.newBuilder(server.stream(claim.run())).build(),
                            HttpResponse.BodyHandlers.fromLineSubscriber(tail))
                    .exceptionally(e -> {
                        tail.ended.completeExceptionally(e);
                        return null;
                    });
            return tail;
        }

        @Override
        public void onSubscribe(Flow.Subscription subscription) {
            subscription.request(Long.MAX_VALUE);
        }

        @Override
        public void onNext(String line) {
            if (line.startsWith("id: ")) {
                events.incrementAndGet();
            }
        }

        @Override
        public void onError(Throwable e) {
            ended.completeExceptionally(e);
        }

        @Override
        public void onComplete() {
            ended.complete(null);
        }
    }
}
