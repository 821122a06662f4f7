package dev.agentrunner.http;

import dev.agentrunner.http.metrics.Metrics;
import java.time.InstantSource;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.Callable;
import org.jspecify.annotations.Nullable;

/**
 * How the API is served. Immutable.
 *
 * @param prefix path under which everything is found, such as {@code /agents}; empty: at the root
 * @param auth who may call
 * @param allowedHosts values of {@code Host} that are answered beside {@code localhost}, {@code 127.0.0.1} and {@code
 *     [::1]} with the server's own port; with or without a port
 * @param clock for everything that expires
 * @param checks what else this node needs to be ready, by name, such as {@code disk}; each throws what is wrong
 * @param metrics what {@code /metrics} shows: those that the runner's {@link dev.agentrunner.http.metrics.MeteredStore}
 *     counts into; null: only what the store holds
 */
public record HttpOptions(
        String prefix,
        Auth auth,
        Set<String> allowedHosts,
        InstantSource clock,
        Map<String, Callable<?>> checks,
        @Nullable Metrics metrics) {

    /** Who may call. */
    public enum Auth {
        /** Everybody who can reach the server. */
        NONE,
        /** Whoever has an API key. */
        KEYS
    }

    /** At the root, for everybody, on this machine's own names. */
    public static final HttpOptions DEFAULT =
            new HttpOptions("", Auth.NONE, Set.of(), InstantSource.system(), Map.of(), null);

    public HttpOptions {
        allowedHosts = Set.copyOf(allowedHosts);
        checks = Map.copyOf(checks);
        if (!prefix.matches("(/[A-Za-z0-9._~-]+)*")) {
            throw new IllegalArgumentException("A prefix is empty or a path such as /agents, not '" + prefix + "'");
        }
    }

    public HttpOptions prefix(String path) {
        return new HttpOptions(path, auth, allowedHosts, clock, checks, metrics);
    }

    public HttpOptions auth(Auth who) {
        return new HttpOptions(prefix, who, allowedHosts, clock, checks, metrics);
    }

    public HttpOptions allowedHosts(Set<String> hosts) {
        return new HttpOptions(prefix, auth, hosts, clock, checks, metrics);
    }

    public HttpOptions clock(InstantSource other) {
        return new HttpOptions(prefix, auth, allowedHosts, other, checks, metrics);
    }

    /** Lets {@code /readyz} look at something more. */
    public HttpOptions check(String name, Callable<?> look) {
        Map<String, Callable<?>> all = new LinkedHashMap<>(checks);
        all.put(name, look);
        return new HttpOptions(prefix, auth, allowedHosts, clock, all, metrics);
    }

    /** Shows these numbers. */
    public HttpOptions metrics(Metrics counted) {
        return new HttpOptions(prefix, auth, allowedHosts, clock, checks, counted);
    }
}
