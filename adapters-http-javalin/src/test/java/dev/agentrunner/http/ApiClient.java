package dev.agentrunner.http;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpClient.Version;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublisher;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.time.Duration;
import java.util.LinkedHashMap;
import java.util.Map;

/** Calls the API, and holds each answer against the document. Immutable. */
record ApiClient(URI base, Map<String, String> headers) {

    private static final HttpClient HTTP =
            HttpClient.newBuilder().version(Version.HTTP_1_1).build();
    private static final Duration PATIENCE = Duration.ofSeconds(60);

    ApiClient with(String name, String value) {
        Map<String, String> all = new LinkedHashMap<>(headers);
        all.put(name, value);
        return new ApiClient(base, all);
    }

    ApiClient key(String key) {
        return with("Authorization", "Bearer " + key);
    }

    /** Signs in with a key; gives the cookie. */
    String signIn(String key) {
        Reply reply = post("/session", "{\"key\": \"" + key + "\"}");
        if (reply.status() != 204) {
            throw new AssertionError(reply);
        }
        return reply.header("Set-Cookie").replaceFirst(";.*", "");
    }

    Reply get(String path) {
        return send("GET", path, BodyPublishers.noBody(), false);
    }

    Reply delete(String path) {
        return send("DELETE", path, BodyPublishers.noBody(), false);
    }

    Reply head(String path) {
        return send("HEAD", path, BodyPublishers.noBody(), false);
    }

    /** Without a body. */
    Reply post(String path) {
        return send("POST", path, BodyPublishers.noBody(), false);
    }

    Reply post(String path, String json) {
        return send("POST", path, BodyPublishers.ofString(json), true);
    }

    Reply post(String path, byte[] json) {
        return send("POST", path, BodyPublishers.ofByteArray(json), true);
    }

    Reply send(String method, String path, BodyPublisher body, boolean json) {
        HttpRequest.Builder request = HttpRequest.newBuilder(URI.create(base + path))
                .timeout(PATIENCE)
                .method(method, body);
        if (json && !headers.containsKey("Content-Type")) {
            request.header("Content-Type", "application/json");
        }
        headers.forEach(request::header);
        Reply reply = send(request.build());
        Documented.check(method, path.replaceFirst("\\?.*", ""), reply);
        return reply;
    }

    private static Reply send(HttpRequest request) {
        try {
            HttpResponse<byte[]> response = HTTP.send(request, BodyHandlers.ofByteArray());
            return new Reply(response.statusCode(), response.headers(), response.body());
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new IllegalStateException(e);
        }
    }

    /** Submits a run; gives its id. */
    String submit(String workflow, String input) {
        Reply reply = post("/runs", "{\"workflow\":\"" + workflow + "\",\"input\":" + input + "}");
        if (reply.status() != 201) {
            throw new AssertionError(reply);
        }
        return reply.at("/id");
    }
}
