package dev.agentrunner.ollama.http;

import com.fasterxml.jackson.databind.JsonNode;
import dev.agentrunner.spi.llm.ModelException;
import dev.agentrunner.spi.llm.ModelException.Kind;
import dev.agentrunner.spi.model.Json;
import java.io.ByteArrayOutputStream;
import java.net.URI;
import java.net.http.HttpResponse;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.time.Instant;
import org.jspecify.annotations.Nullable;

/** Reads the body of an answer that is not 200, and throws what it means. Not thread-safe. */
final class Refusal<T> implements Content<T> {

    /** Of a longer body only this much is read. */
    static final int MOST = 64 << 10;

    private final ByteArrayOutputStream read = new ByteArrayOutputStream();
    private final HttpResponse.ResponseInfo head;
    private final Call call;
    private final URI server;
    private final Instant now;

    Refusal(HttpResponse.ResponseInfo head, Call call, URI server, Instant now) {
        this.head = head;
        this.call = call;
        this.server = server;
        this.now = now;
    }

    @Override
    public void feed(ByteBuffer bytes) {
        byte[] part = new byte[Math.min(bytes.remaining(), MOST - read.size())];
        bytes.get(part);
        read.write(part, 0, part.length);
        if (read.size() == MOST) {
            throw failure();
        }
    }

    @Override
    public T end() {
        throw failure();
    }

    private ModelException failure() {
        String text = read.toString(StandardCharsets.UTF_8);
        String error = error(text);
        String said = said(error == null ? text : error);
        int status = head.statusCode();
        String who = "Ollama at " + server;
        String model = call.model();
        if (model != null && error != null && (status == 404 || Errors.isAboutMissingModel(error))) {
            return Errors.noModel(model, said);
        }
        return switch (status) {
            case 401, 403, 407 ->
                new ModelException(
                        Kind.UNAUTHORIZED,
                        who + " refuses the credentials" + said + "; set a header such as Authorization");
            case 429, 503 ->
                new ModelException(Kind.OVERLOADED, who + " is busy" + said + "; try again later", pause());
            case 404 ->
                new ModelException(
                        Kind.BAD_REQUEST,
                        "Nothing answers to " + call.path() + " at " + server + said
                                + "; is that the address of Ollama?");
            default -> byClass(status, who, said);
        };
    }

    private ModelException byClass(int status, String who, String said) {
        if (status >= 500) {
            return new ModelException(Kind.SERVER_ERROR, who + " failed" + said);
        }
        if (status >= 400) {
            return new ModelException(Kind.BAD_REQUEST, who + " refuses the request" + said);
        }
        if (status >= 300) {
            String to = head.headers().firstValue("Location").orElse("an address it does not name");
            return new ModelException(
                    Kind.BAD_REQUEST,
                    who + " sends callers on to " + Errors.excerpt(to) + ", which is not followed; use that address");
        }
        return new ModelException(Kind.MALFORMED, who + " answered with a status that it never should" + said);
    }

    private @Nullable Duration pause() {
        return head.headers()
                .firstValue("Retry-After")
                .flatMap(value -> RetryAfter.read(value, now))
                .orElse(null);
    }

    private String said(String text) {
        return " (" + head.statusCode() + (text.isBlank() ? "" : ": " + Errors.excerpt(text)) + ")";
    }

    private static @Nullable String error(String body) {
        try {
            JsonNode error = new Json(body).tree().path("error");
            return error.isTextual() ? error.textValue() : null;
        } catch (IllegalArgumentException e) {
            return null;
        }
    }
}
