package dev.agentrunner.yaml.interpret;

import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpServer;
import java.io.IOException;
import java.net.InetSocketAddress;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.concurrent.atomic.AtomicInteger;

/** An HTTP server on this machine that says what the path asks for. */
final class FakeServer implements AutoCloseable {

    final List<String> asked = Collections.synchronizedList(new ArrayList<>());
    private final AtomicInteger count = new AtomicInteger();
    private final HttpServer server;

    FakeServer() throws IOException {
        server = HttpServer.create(new InetSocketAddress("127.0.0.1", 0), 0);
        server.createContext("/", this::answer);
        server.start();
    }

    String url() {
        return "http://127.0.0.1:" + server.getAddress().getPort();
    }

    /** {@code /200}: that status with a body; {@code /503,200}: one after the other; {@code /echo}; {@code /large}. */
    private void answer(HttpExchange exchange) throws IOException {
        String path = exchange.getRequestURI().getPath().substring(1);
        String body = new String(exchange.getRequestBody().readAllBytes(), StandardCharsets.UTF_8);
        var headers = exchange.getRequestHeaders();
        asked.add(exchange.getRequestMethod() + " " + exchange.getRequestURI() + " " + headers.getFirst("Content-Type")
                + " " + headers.getFirst("X-Test") + " " + headers.getFirst("Upgrade") + " " + body);
        switch (path) {
            case "json" -> send(exchange, 200, "application/problem+json; charset=utf-8", "{\"a\":[1]}");
            case "badjson" -> send(exchange, 200, "application/json", "{oops");
            case "text" -> send(exchange, 200, "text/plain", "{\"a\":1} ä");
            case "large" -> send(exchange, 200, "text/plain", "x".repeat((10 << 20) + 1));
            case "most" -> send(exchange, 200, "text/plain", "x".repeat(10 << 20));
            default -> {
                String[] statuses = path.split(",");
                int status = Integer.parseInt(statuses[Math.min(count.getAndIncrement(), statuses.length - 1)]);
                send(exchange, status, "text/plain", "said " + status);
            }
        }
    }

    private static void send(HttpExchange exchange, int status, String type, String body) throws IOException {
        exchange.getResponseHeaders().add("Content-Type", type);
        exchange.getResponseHeaders().add("X-Twice", "1");
        exchange.getResponseHeaders().add("X-Twice", "2");
        byte[] bytes = body.getBytes(StandardCharsets.UTF_8);
        exchange.sendResponseHeaders(status, bytes.length);
        try (exchange) {
            exchange.getResponseBody().write(bytes);
        }
    }

    @Override
    public void close() {
        server.stop(0);
    }
}
