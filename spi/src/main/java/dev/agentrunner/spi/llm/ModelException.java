package dev.agentrunner.spi.llm;

import dev.agentrunner.spi.error.AgentRunnerException;
import java.time.Duration;
import java.util.Locale;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/** A generation that did not come to its end. The message says what to do about it. */
public final class ModelException extends AgentRunnerException {

    private static final long serialVersionUID = 1L;

    /** What went wrong. */
    public enum Kind {
        /** The server could not be reached, or the connection broke. */
        CONNECTION(true),
        /** The server is busy, or the caller asks too much at once. */
        OVERLOADED(true),
        /** The server failed, before the answer or in the middle of it. */
        SERVER_ERROR(true),
        /** What the server sent is not what its protocol promises, or ended too early. */
        MALFORMED(true),
        /** One of the engine's time limits passed. */
        TIMEOUT(true),
        /** The provider has no such model. */
        MODEL_NOT_FOUND(false),
        /** The credentials are missing or refused. */
        UNAUTHORIZED(false),
        /** The request is refused as it is; the same again is refused again. */
        BAD_REQUEST(false),
        /** Somebody here ended it. */
        CANCELED(false);

        private final boolean retryable;

        Kind(boolean retryable) {
            this.retryable = retryable;
        }

        /** Whether the same request may succeed later. */
        public boolean isRetryable() {
            return retryable;
        }

        /** As it is recorded: snake_case. */
        public String wireName() {
            return name().toLowerCase(Locale.ROOT);
        }
    }

    private final Kind kind;
    private final @Nullable Duration retryAfter;

    public ModelException(Kind kind, String message) {
        super(message);
        this.kind = kind;
        this.retryAfter = null;
    }

    public ModelException(Kind kind, String message, @Nullable Duration retryAfter) {
        super(message);
        this.kind = kind;
        this.retryAfter = retryAfter;
    }

    public ModelException(Kind kind, String message, Throwable cause) {
        super(message, cause);
        this.kind = kind;
        this.retryAfter = null;
    }

    public Kind kind() {
        return kind;
    }

    /** How long the server asks to wait before the next try. */
    public Optional<Duration> retryAfter() {
        return Optional.ofNullable(retryAfter);
    }
}
