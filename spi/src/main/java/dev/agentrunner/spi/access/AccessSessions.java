package dev.agentrunner.spi.access;

import java.time.Instant;
import java.util.Optional;

/**
 * The sessions of those who have shown a key. Of a token there is only its sum, so that who reads the store cannot come
 * in with what it says. A session never changes; whether its key is still good is for the reader to ask.
 *
 * <p>Thread-safe. Throws {@link dev.agentrunner.spi.error.StoreUnavailableException} while the store
 * cannot be reached.
 */
public interface AccessSessions {

    /**
     * Begins a session, and forgets all that have ended by now; durable when this returns.
     *
     * @param now by the clock that the sessions' ends were made with
     * @throws IllegalArgumentException if there is a session with this sum already
     */
    void begin(AccessSession session, Instant now);

    /** The session with this sum, until it is ended or forgotten: its end may have come already. */
    Optional<AccessSession> find(String sha256);

    /** Ends the session with this sum, if there is one; durable when this returns. */
    void end(String sha256);
}
