package dev.agentrunner.http.access;

import dev.agentrunner.http.problem.Kind;
import dev.agentrunner.http.problem.Problem;
import java.util.Locale;
import java.util.Set;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/** The names under which a server answers: a page that has its own name point here gets nothing (DNS rebinding). */
final class Hosts {

    private static final Set<String> OWN = Set.of("localhost", "127.0.0.1", "[::1]");

    private final Set<String> allowed;

    Hosts(Set<String> allowed) {
        this.allowed = allowed.stream()
                .map(host -> host.strip().toLowerCase(Locale.ROOT))
                .collect(Collectors.toUnmodifiableSet());
    }

    void check(@Nullable String header, int port) {
        if (!isAllowed(header == null ? "" : header.toLowerCase(Locale.ROOT), port)) {
            throw Problem.at(
                    Kind.MISDIRECTED,
                    "Host",
                    "this server does not answer under that name; ask for localhost, or allow the name with"
                            + " AGENT_RUNNER_ALLOWED_HOSTS");
        }
    }

    private boolean isAllowed(String host, int port) {
        int colon = host.endsWith("]") ? -1 : host.lastIndexOf(':');
        String name = colon < 0 ? host : host.substring(0, colon);
        String given = colon < 0 ? "80" : host.substring(colon + 1);
        return allowed.contains(host)
                || allowed.contains(name)
                || (OWN.contains(name) && given.equals(Integer.toString(port)));
    }
}
