package dev.agentrunner.http.access;

import dev.agentrunner.spi.access.AccessKey;
import dev.agentrunner.spi.access.AccessSession;
import dev.agentrunner.spi.access.AccessSessions;
import java.security.SecureRandom;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.Optional;

/**
 * Sessions: who has shown a key gets a cookie that any node takes, as the store knows the sum of what is in it. Thread-safe.
 */
final class Sessions {

    static final String COOKIE = "ar_session";

    private static final Duration LIFE = Duration.ofHours(12);

    private final AccessSessions sessions;
    private final Believed<AccessSession> known;
    private final InstantSource clock;
    private final SecureRandom random = new SecureRandom();

    Sessions(AccessSessions sessions, InstantSource clock) {
        this.sessions = sessions;
        this.known = new Believed<>(sessions::find, clock);
        this.clock = clock;
    }

    /** What the cookie holds. */
    String begin(AccessKey key) {
        SessionToken token = SessionToken.random(random);
        Instant now = clock.instant();
        sessions.begin(new AccessSession(token.sha256(), key.id(), now.plus(LIFE)), now);
        return token.text();
    }

    /** The session of whoever comes with this cookie. */
    Optional<AccessSession> open(String cookie) {
        return SessionToken.parse(cookie).flatMap(token -> good(token.sha256()));
    }

    /** The session with this sum, unless it is over. */
    Optional<AccessSession> good(String sha256) {
        return known.find(sha256).filter(session -> clock.instant().isBefore(session.endsAt()));
    }

    /** Ends it: here at once, and on the other nodes when they ask the store again. */
    void end(String cookie) {
        SessionToken.parse(cookie).map(SessionToken::sha256).ifPresent(sum -> {
            sessions.end(sum);
            known.gone(sum);
        });
    }

    /** The header that gives the cookie to a browser. */
    static String cookie(String value, String path, boolean secure) {
        return COOKIE + "=" + value + "; Path=" + path + "; Max-Age=" + LIFE.toSeconds() + "; HttpOnly; SameSite=Strict"
                + (secure ? "; Secure" : "");
    }

    /** The header that takes the cookie away. */
    static String noCookie(String path) {
        return COOKIE + "=; Path=" + path + "; Max-Age=0; HttpOnly; SameSite=Strict";
    }
}
