package dev.agentrunner.http.access;

import dev.agentrunner.http.problem.Kind;
import dev.agentrunner.http.problem.Problem;
import jakarta.servlet.http.Cookie;
import jakarta.servlet.http.HttpServletRequest;
import java.util.Locale;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/** What a request shows of who sent it. */
record Visit(HttpServletRequest http) {

    @Nullable String header(String name) {
        return http.getHeader(name);
    }

    String address() {
        return http.getRemoteAddr();
    }

    boolean changesSomething() {
        return !http.getMethod().equals("GET") && !http.getMethod().equals("HEAD");
    }

    /** The key in the header; empty if there is none. */
    Optional<String> bearer() {
        String header = header("Authorization");
        if (header == null) {
            return Optional.empty();
        }
        boolean bearer = header.regionMatches(true, 0, "Bearer ", 0, 7);
        return Optional.of(bearer ? header.substring(7).strip() : "");
    }

    Optional<String> session() {
        Cookie[] cookies = http.getCookies();
        if (cookies != null) {
            for (Cookie each : cookies) {
                if (each.getName().equals(Sessions.COOKIE)) {
                    return Optional.of(each.getValue());
                }
            }
        }
        return Optional.empty();
    }

    boolean isSecure() {
        String origin = header("Origin");
        return http.isSecure() || (origin != null && origin.startsWith("https:"));
    }

    /**
     * Refuses what another site has a browser send.
     *
     * @param required whether a request that does not say where it is from is refused, too
     */
    void checkOrigin(boolean required) {
        String origin = header("Origin");
        if (origin == null ? required : !isOwn(origin)) {
            throw Problem.at(
                    Kind.CROSS_ORIGIN,
                    "Origin",
                    "this changes something, and does not come from this server's own pages; use an API key instead");
        }
    }

    private boolean isOwn(String origin) {
        String host = String.valueOf(header("Host")).toLowerCase(Locale.ROOT);
        String from = origin.toLowerCase(Locale.ROOT);
        return from.equals("http://" + host) || from.equals("https://" + host);
    }
}
