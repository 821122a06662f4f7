package dev.agentrunner.http;

import static org.assertj.core.api.Assertions.assertThat;

import com.sun.management.UnixOperatingSystemMXBean;
import dev.agentrunner.AgentRunner;
import dev.agentrunner.memory.InMemoryStore;
import java.io.IOException;
import java.lang.management.ManagementFactory;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;

class IdleConnectionsTest {

    private static final int MOST = 2_000;
    private static final int THREADS_THAT_ANSWER = 250;

    @Test
    void thousands_of_connections_that_say_nothing_or_half_a_head_hold_up_nobody_and_hold_no_threads_of_their_own()
            throws IOException {
        int many = Math.min(MOST, descriptorsLeft() / 3);
        assertThat(many).as("file descriptors that this machine allows").isGreaterThan(100);
        List<Wire> idle = new ArrayList<>();
        try (AgentRunner runner =
                        AgentRunner.builder().store(new InMemoryStore()).build();
                HttpServer server = HttpServer.start(
                        runner, HttpOptions.DEFAULT, "127.0.0.1", 0, new Limits(Duration.ofMinutes(5), 0))) {
            try {
                int threads = threads();
                for (int i = 0; i < many; i++) {
                    Wire wire = new Wire(server.port());
                    idle.add(wire);
                    if (i % 2 == 0) {
                        wire.say("GET /runs HTTP/1.1\r\nHost: 127.0.0.1:PORT\r\nX-Half: ");
                    }
                }

                String request = "GET /runs HTTP/1.1\r\nHost: 127.0.0.1:PORT\r\nConnection: close\r\n\r\n";
                assertThat(Wire.ask(server.port(), request.replace("PORT", "" + server.port())))
                        .startsWith("HTTP/1.1 200");
                assertThat(threads() - threads).isLessThan(THREADS_THAT_ANSWER);
                // Who was idle is heard once it speaks.
                assertThat(idle.get(0).say("x\r\nConnection: close\r\n\r\n").hear())
                        .startsWith("HTTP/1.1 200");
                assertThat(idle.get(1).say(request).hear()).startsWith("HTTP/1.1 200");
            } finally {
                for (Wire wire : idle) {
                    wire.close();
                }
            }
        }
    }

    private static int threads() {
        return ManagementFactory.getThreadMXBean().getThreadCount();
    }

    private static int descriptorsLeft() {
        return ManagementFactory.getOperatingSystemMXBean() instanceof UnixOperatingSystemMXBean system
                ? (int) Math.min(
                        Integer.MAX_VALUE, system.getMaxFileDescriptorCount() - system.getOpenFileDescriptorCount())
                : MOST;
    }
}
