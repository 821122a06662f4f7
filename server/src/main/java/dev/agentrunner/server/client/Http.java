package dev.agentrunner.server.client;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.net.URI;
import java.net.URLEncoder;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.charset.StandardCharsets;
import java.time.Duration;

/** Calls a server. Thread-safe. */
final class Http {

    private static final Duration CONNECT = Duration.ofSeconds(5);
    private static final Duration ANSWER = Duration.ofSeconds(60);
    private static final ObjectMapper JSON = new ObjectMapper();

    private final HttpClient client = HttpClient.newBuilder()
            .version(HttpClient.Version.HTTP_1_1)
            .connectTimeout(CONNECT)
            .build();
    private final String base;
    private final String key;

    /**
     * A way to a server.
     *
     * @param base with a path if the API has one
     * @param key empty: the server asks for none
     */
    Http(URI base, String key) {
        this.base = base.toString().replaceAll("/+$", "");
        this.key = key;
    }

    /** A part of a path or a query, encoded. */
    static String part(String text) {
        return URLEncoder.encode(text, StandardCharsets.UTF_8).replace("+", "%20");
    }

    JsonNode get(String path) {
        return json(send(request(path).GET()));
    }

    JsonNode post(String path, JsonNode body, String... headers) {
        HttpRequest.Builder request =
                request(path).header("Content-Type", "application/json").POST(BodyPublishers.ofString(body.toString()));
        return json(send(headers.length == 0 ? request : request.headers(headers)));
    }

    void delete(String path) {
        close(send(request(path).DELETE()));
    }

    /** An answer's bytes as they come. */
    HttpResponse<InputStream> open(String path, String... headers) {
        HttpRequest.Builder request = request(path).GET();
        return send(headers.length == 0 ? request : request.headers(headers));
    }

    private HttpRequest.Builder request(String path) {
        HttpRequest.Builder request =
                HttpRequest.newBuilder(URI.create(base + path)).timeout(ANSWER);
        return key.isEmpty() ? request : request.header("Authorization", "Bearer " + key);
    }

    private HttpResponse<InputStream> send(HttpRequest.Builder request) {
        HttpResponse<InputStream> response;
        try {
            response = client.send(request.build(), BodyHandlers.ofInputStream());
        } catch (IOException e) {
            throw unreachable(e);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw unreachable(e);
        }
        if (response.statusCode() >= 300) {
            try (InputStream body = response.body()) {
                throw ProblemException.of(response.statusCode(), problem(body.readNBytes(1 << 20)));
            } catch (IOException e) {
                throw unreachable(e);
            }
        }
        return response;
    }

    private static JsonNode problem(byte[] body) {
        try {
            return JSON.readTree(body);
        } catch (IOException e) {
            return JsonNodeFactory.instance.objectNode();
        }
    }

    private JsonNode json(HttpResponse<InputStream> response) {
        try (InputStream body = response.body()) {
            return JSON.readTree(body);
        } catch (JsonProcessingException e) {
            throw new UnreachableException(
                    "What answers at " + base + " is not agent-runner: it sent no JSON; look at --url", e);
        } catch (IOException e) {
            throw unreachable(e);
        }
    }

    private static void close(HttpResponse<InputStream> response) {
        try {
            response.body().close();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    UnreachableException unreachable(Exception cause) {
        String why = cause.getMessage() == null ? cause.getClass().getSimpleName() : cause.getMessage();
        return new UnreachableException(
                "No server answers at " + base + " (" + why
                        + "); start one with 'agent-runner serve', or look at --url",
                cause);
    }
}
