package dev.agentrunner.ollama.http;

import java.nio.ByteBuffer;
import org.jspecify.annotations.Nullable;

/**
 * What is made of the bytes of a body. Called by one thread at a time; what it throws fails the exchange and closes
 * the connection.
 *
 * @param <T> what comes of it
 */
public interface Content<T> {

    /** The headers are there. */
    default void opened() {}

    void feed(ByteBuffer bytes);

    /** What comes of it if nothing but the end of the body is missing; null before. */
    default @Nullable T settled() {
        return null;
    }

    /** The body has ended as HTTP says. */
    T end();
}
