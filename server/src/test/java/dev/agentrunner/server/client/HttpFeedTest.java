package dev.agentrunner.server.client;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.fasterxml.jackson.databind.JsonNode;
import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpServer;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Queue;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** Following a run over connections that break in all ways. */
class HttpFeedTest implements Feed.Listener {

    private final ExecutorService threads = Executors.newCachedThreadPool();
    private final CountDownLatch over = new CountDownLatch(1);
    private final Queue<Answer> answers = new ConcurrentLinkedQueue<>();
    private final List<String> asked = new ArrayList<>();
    private final List<Long> seen = new ArrayList<>();
    private final List<String> live = new ArrayList<>();
    private HttpServer server;

    private interface Answer {
        void to(HttpExchange exchange) throws IOException, InterruptedException;
    }

    @BeforeEach
    void serve() throws IOException {
        server = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
        server.setExecutor(threads);
        server.createContext("/runs/r/events/stream", exchange -> {
            asked.add(exchange.getRequestHeaders().getFirst("Last-Event-ID"));
            try {
                answers.remove().to(exchange);
            } catch (InterruptedException e) {
                Thread.currentThread().interrupt();
            } finally {
                exchange.close();
            }
        });
        server.start();
    }

    @AfterEach
    void stop() {
        over.countDown();
        server.stop(0);
        threads.shutdownNow();
    }

    @Test
    void goes_on_after_the_last_event_that_was_whole() throws Exception {
        answers.add(exchange -> write(exchange, event(1) + event(2) + "id: 3\ndata: {\"seq\""));
        answers.add(exchange ->
                write(exchange, event(3) + "event: llm.delta\ndata: {\"text\":\"x\"}\n\nevent: end\ndata: {}\n\n"));

        follow(Duration.ofMinutes(1));

        assertThat(seen).containsExactly(1L, 2L, 3L);
        assertThat(live).containsExactly("llm.delta");
        assertThat(asked).containsExactly("0", "2");
    }

    @Test
    void a_connection_that_is_silent_is_given_up_and_another_one_made() throws Exception {
        answers.add(exchange -> {
            write(exchange, event(1));
            over.await();
        });
        answers.add(exchange -> write(exchange, event(2) + "event: end\ndata: {}\n\n"));

        follow(Duration.ofMillis(300));

        assertThat(seen).containsExactly(1L, 2L);
    }

    @Test
    void overflow_begins_anew_and_204_ends_it() throws Exception {
        answers.add(exchange -> write(exchange, event(1) + "event: overflow\ndata: {}\n\n"));
        answers.add(exchange -> exchange.sendResponseHeaders(204, -1));

        follow(Duration.ofMinutes(1));

        assertThat(seen).containsExactly(1L);
        assertThat(asked).containsExactly("0", "1");
    }

    @Test
    void a_problem_is_told_at_once() {
        answers.add(exchange -> {
            byte[] problem =
                    "{\"status\":404,\"code\":\"not_found\",\"detail\":\"gone\"}".getBytes(StandardCharsets.UTF_8);
            exchange.sendResponseHeaders(404, problem.length);
            exchange.getResponseBody().write(problem);
        });

        assertThatThrownBy(() -> follow(Duration.ofMinutes(1)))
                .isInstanceOf(ProblemException.class)
                .hasMessage("gone");
    }

    @Test
    void a_server_that_stays_away_is_unreachable_in_the_end() {
        server.stop(0);

        assertThatThrownBy(() -> follow(Duration.ofMinutes(1))).isInstanceOf(UnreachableException.class);
    }

    private void follow(Duration patience) throws InterruptedException {
        Http http =
                new Http(URI.create("http://127.0.0.1:" + server.getAddress().getPort()), "");
        new HttpFeed(http, time -> {}, patience).follow("r", 0, this);
    }

    private static void write(HttpExchange exchange, String text) throws IOException {
        exchange.sendResponseHeaders(200, 0);
        exchange.getResponseBody().write(text.getBytes(StandardCharsets.UTF_8));
        exchange.getResponseBody().flush();
    }

    private static String event(long seq) {
        return "id: " + seq + "\ndata: {\"seq\":" + seq + "}\n\n";
    }

    @Override
    public void event(JsonNode event) {
        seen.add(event.path("seq").asLong());
    }

    @Override
    public void live(String kind, JsonNode message) {
        live.add(kind);
    }
}
