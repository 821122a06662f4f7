package dev.agentrunner.workflow;

import dev.agentrunner.spi.model.ArtifactId;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;

/** What a run tells and leaves behind. */
public interface Notes {

    /** How much a log line matters. */
    enum Level {
        DEBUG,
        INFO,
        WARN,
        ERROR
    }

    void log(Level level, String message);

    default void log(String message) {
        log(Level.INFO, message);
    }

    /**
     * Appends an event of the workflow's own.
     *
     * @param type starts with {@code x.}
     * @param payload becomes a JSON object
     */
    void emit(String type, Object payload);

    /**
     * Keeps bytes as an artifact of the run; the stream is read to its end and not closed. The name is
     * text for people, of 1 to 10,000 characters; it never becomes a path. Listed once what it belongs to
     * is recorded: at the end of the attempt inside a step, at once elsewhere. What is of kind {@code log} is
     * taken for a text in UTF-8 and kept without the secrets in it; anything else is kept as it is.
     */
    ArtifactId artifact(String name, String kind, String mediaType, InputStream bytes);

    default ArtifactId artifact(String name, String kind, String mediaType, byte[] bytes) {
        return artifact(name, kind, mediaType, new java.io.ByteArrayInputStream(bytes));
    }

    /** Keeps a text as an artifact, in UTF-8; the media type follows from the name's ending. */
    default ArtifactId artifact(String name, String kind, String text) {
        return artifact(name, kind, MediaTypes.ofName(name), text.getBytes(StandardCharsets.UTF_8));
    }
}
