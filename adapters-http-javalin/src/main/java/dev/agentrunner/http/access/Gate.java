package dev.agentrunner.http.access;

import dev.agentrunner.http.problem.Kind;
import dev.agentrunner.http.problem.Problem;
import dev.agentrunner.spi.access.AccessKeys;
import dev.agentrunner.spi.access.AccessSession;
import dev.agentrunner.spi.access.AccessSessions;
import dev.agentrunner.spi.access.Role;
import dev.agentrunner.spi.access.StoredKey;
import jakarta.servlet.http.HttpServletRequest;
import java.time.Duration;
import java.time.InstantSource;
import java.util.Locale;
import java.util.Optional;
import java.util.Set;

/** Decides who is let in. Thread-safe. */
public final class Gate {

    private final boolean asksForKeys;
    private final Hosts hosts;
    private final KeyRing keys;
    private final Sessions sessions;
    private final Failures failures;

    /**
     * A gate.
     *
     * @param asksForKeys false: everybody who can reach the server may do everything
     */
    public Gate(
            boolean asksForKeys,
            Set<String> allowedHosts,
            AccessKeys keys,
            AccessSessions sessions,
            InstantSource clock) {
        this.asksForKeys = asksForKeys;
        this.hosts = new Hosts(allowedHosts);
        this.keys = new KeyRing(keys, clock);
        this.sessions = new Sessions(sessions, clock);
        this.failures = new Failures(clock);
    }

    /** Refuses requests for another host. */
    public void checkHost(HttpServletRequest http) {
        hosts.check(http.getHeader("Host"), http.getLocalPort());
    }

    /**
     * Who calls.
     *
     * @throws Problem if they show nothing, or a wrong key
     */
    public Principal admit(HttpServletRequest http) {
        Visit visit = new Visit(http);
        if (!asksForKeys) {
            if (visit.changesSomething()) {
                visit.checkOrigin(false);
            }
            return Principal.LOCAL;
        }
        return identify(visit)
                .orElseThrow(() -> unauthenticated("Show an API key: Authorization: Bearer ar_…, or sign in at /ui/"));
    }

    /** Refuses who may not do this. */
    public static void require(Principal principal, Role needed) {
        if (!principal.role().includes(needed)) {
            throw Problem.of(
                    Kind.FORBIDDEN,
                    "This needs the role " + needed.name().toLowerCase(Locale.ROOT) + "; your key has the role "
                            + principal.role().name().toLowerCase(Locale.ROOT));
        }
    }

    private Optional<Principal> identify(Visit visit) {
        Optional<String> bearer = visit.bearer();
        if (bearer.isPresent()) {
            StoredKey key = keys.open(bearer.get()).orElseThrow(() -> wrong(visit));
            return Optional.of(Principal.of(key.key(), null));
        }
        Optional<Principal> signedIn = visit.session().flatMap(sessions::open).flatMap(this::holder);
        if (visit.changesSomething()) {
            visit.checkOrigin(signedIn.isPresent());
        }
        return signedIn;
    }

    private Optional<Principal> holder(AccessSession session) {
        return keys.good(session.keyId()).map(key -> Principal.of(key.key(), session));
    }

    /** Whether a principal is still who they were when they came: their key is good, and their session has not ended. */
    public boolean isStillGood(Principal principal) {
        AccessSession session = principal.session();
        return principal.key() == null
                || (keys.good(principal.key()).isPresent()
                        && (session == null || sessions.good(session.sha256()).isPresent()));
    }

    /**
     * Begins a session.
     *
     * @param path under which the API is found
     * @return the value of the header {@code Set-Cookie}
     */
    public SignedIn signIn(HttpServletRequest http, String key, String path) {
        Visit visit = new Visit(http);
        if (!asksForKeys) {
            throw Problem.of(Kind.NOT_FOUND, "This server asks nobody for a key, so there is nothing to sign in to");
        }
        visit.checkOrigin(false);
        StoredKey found = keys.open(key).orElseThrow(() -> wrong(visit));
        return new SignedIn(
                Principal.of(found.key(), null),
                Sessions.cookie(sessions.begin(found.key()), path.isEmpty() ? "/" : path, visit.isSecure()));
    }

    /** Who has signed in, and the header {@code Set-Cookie} that says so. */
    public record SignedIn(Principal principal, String cookie) {}

    /**
     * Ends the session that a request shows, wherever else its cookie may have got to.
     *
     * @return the value of the header {@code Set-Cookie}
     */
    public String signOut(HttpServletRequest http, String path) {
        new Visit(http).session().ifPresent(sessions::end);
        return Sessions.noCookie(path.isEmpty() ? "/" : path);
    }

    private Problem wrong(Visit visit) {
        Duration wait = failures.add(visit.address());
        if (wait.isZero()) {
            return unauthenticated("This key is wrong or was revoked");
        }
        return Problem.of(Kind.TOO_MANY_FAILURES, "Too many wrong keys came from your address; wait a minute")
                .header("Retry-After", Long.toString(wait.toSeconds() + 1));
    }

    private static Problem unauthenticated(String detail) {
        return Problem.of(Kind.UNAUTHENTICATED, detail).header("WWW-Authenticate", "Bearer realm=\"agent-runner\"");
    }
}
