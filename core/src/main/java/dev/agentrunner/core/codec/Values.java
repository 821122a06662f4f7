package dev.agentrunner.core.codec;

import dev.agentrunner.core.state.Value;
import dev.agentrunner.spi.artifact.ArtifactStore;
import dev.agentrunner.spi.model.Blob;
import dev.agentrunner.spi.model.Json;
import dev.agentrunner.workflow.ResultType;
import dev.agentrunner.workflow.TerminalFailureException;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import org.jspecify.annotations.Nullable;

/**
 * Recorded values: small ones in the log, large ones in the artifact store, too large ones refused.
 * Thread-safe.
 *
 * @param spillBytes values of more bytes go to the artifact store
 * @param maxBytes values of more bytes are refused
 */
public record Values(JsonCodec codec, ArtifactStore artifacts, int spillBytes, int maxBytes) {

    /** Values of more than 64 KiB spill; values of more than 64 MiB are refused. */
    public static Values of(JsonCodec codec, ArtifactStore artifacts) {
        return new Values(codec, artifacts, 64 << 10, 64 << 20);
    }

    /** A value that is ready to be recorded, and its JSON: whoever wants it now need not read it back. */
    public record Prepared(Value value, Json json) {}

    /**
     * Makes a value ready to be recorded.
     *
     * @throws TerminalFailureException if it cannot be written or is too large
     */
    public Prepared prepare(@Nullable Object result) {
        Json json = codec.write(result);
        // A character has at most three bytes in UTF-8, so most values need no count.
        if (json.text().length() <= Math.min(spillBytes, maxBytes) / 3) {
            return new Prepared(Value.inline(json), json);
        }
        byte[] bytes = json.text().getBytes(StandardCharsets.UTF_8);
        if (bytes.length > maxBytes) {
            throw new ResultTooLargeException(bytes.length, maxBytes);
        }
        Value value =
                bytes.length <= spillBytes ? Value.inline(json) : Value.stored(put(new ByteArrayInputStream(bytes)));
        return new Prepared(value, json);
    }

    /** Reads a recorded value. */
    public <T> T read(Value value, ResultType<T> type) {
        return codec.read(json(value), type);
    }

    /** The JSON of a recorded value. */
    public Json json(Value value) {
        Json inline = value.inline();
        Blob stored = value.stored();
        if (inline != null || stored == null) {
            return inline == null ? Json.NULL : inline;
        }
        try (InputStream in = artifacts.open(stored)) {
            return new Json(new String(in.readAllBytes(), StandardCharsets.UTF_8));
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /** Gives bytes that are yet to be opened. */
    @FunctionalInterface
    public interface Bytes {
        InputStream open() throws IOException;
    }

    /** Keeps bytes, and closes where they come from. */
    public Blob put(Bytes source) {
        try (InputStream bytes = source.open()) {
            return artifacts.put(bytes);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /** Keeps a value, whatever its size. */
    public Blob put(Json json) {
        return put(new ByteArrayInputStream(json.text().getBytes(StandardCharsets.UTF_8)));
    }

    /** Reads a value back. */
    public Json json(Blob stored) {
        return json(Value.stored(stored));
    }

    /** Keeps bytes. */
    public Blob put(InputStream bytes) {
        try {
            return artifacts.put(bytes);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
