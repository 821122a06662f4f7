package dev.agentrunner.http;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.agentrunner.AgentRunner;
import dev.agentrunner.memory.InMemoryStore;
import java.io.IOException;
import java.time.Duration;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

class SlowTest {

    private final AgentRunner runner =
            AgentRunner.builder().store(new InMemoryStore()).build();

    @AfterEach
    void stop() {
        runner.close();
    }

    private HttpServer start(Limits limits) {
        return HttpServer.start(runner, HttpOptions.DEFAULT, "127.0.0.1", 0, limits);
    }

    @Test
    void who_does_not_finish_a_head_is_cut_off() throws IOException {
        try (HttpServer server = start(new Limits(Duration.ofMillis(200), 0));
                Wire wire = new Wire(server.port())) {
            assertThat(wire.say("GET /runs HTTP/1.1\r\nHost: ").hear()).doesNotContain(" 200 ");
        }
    }

    @Test
    void who_does_not_finish_a_body_is_told_and_cut_off() throws IOException {
        try (HttpServer server = start(new Limits(Duration.ofMillis(200), 0));
                Wire wire = new Wire(server.port())) {
            wire.say("POST /runs HTTP/1.1\r\nHost: 127.0.0.1:PORT\r\nContent-Type: application/json\r\n"
                    + "Content-Length: 100\r\n\r\n{\"workflow\"");

            assertThat(wire.hear()).startsWith("HTTP/1.1 408").contains("request_timeout");
        }
    }

    @Test
    void who_sends_a_body_byte_by_byte_is_told_and_cut_off() throws IOException {
        try (HttpServer server = start(new Limits(Duration.ofMinutes(1), 1_000_000));
                Wire wire = new Wire(server.port())) {
            wire.say("POST /runs HTTP/1.1\r\nHost: 127.0.0.1:PORT\r\nContent-Type: application/json\r\n"
                    + "Content-Length: 100000\r\n\r\n");
            String heard;
            try {
                for (int i = 0; i < 50_000; i++) {
                    wire.say(" ");
                }
                heard = wire.hear();
            } catch (IOException e) {
                heard = "HTTP/1.1 408 closed before all was said";
            }

            assertThat(heard).startsWith("HTTP/1.1 408");
        }
    }

    @Test
    void a_server_that_is_closed_answers_nobody_and_can_be_closed_again() {
        HttpServer server = start(Limits.DEFAULT);
        server.close();
        server.close();

        assertThatThrownBy(() -> Wire.ask(server.port(), "GET / HTTP/1.1\r\n\r\n"))
                .isInstanceOf(RuntimeException.class);
    }
}
