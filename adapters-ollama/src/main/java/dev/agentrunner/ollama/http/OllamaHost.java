package dev.agentrunner.ollama.http;

import java.net.InetAddress;
import java.net.URI;
import java.net.URISyntaxException;
import java.net.UnknownHostException;
import java.util.Locale;
import org.jspecify.annotations.Nullable;

/**
 * Reads {@code OLLAMA_HOST} as Ollama's own client does (its package {@code envconfig}): a host, a port, both, or an
 * address with scheme and path, in quotes and spaces or not.
 */
public final class OllamaHost {

    private static final String LOOPBACK = "127.0.0.1";

    private OllamaHost() {}

    /**
     * The address to call.
     *
     * @param variable its value; empty if it is not set
     * @throws IllegalArgumentException if it names no address that HTTP can call
     */
    public static URI address(String variable) {
        String value = trimmed(variable.strip(), "\"'").strip();
        int colon = value.indexOf("://");
        if (colon < 0) {
            // the one host that Ollama itself knows to be behind TLS
            return value.equals("ollama.com") ? uri("https", value, "443", "") : parsed("http", value, "11434");
        }
        String scheme = value.substring(0, colon).toLowerCase(Locale.ROOT);
        String port = switch (scheme) {
            case "http" -> "80";
            case "https" -> "443";
            default -> throw unusable(value, null);
        };
        return parsed(scheme, value.substring(colon + 3), port);
    }

    private static URI parsed(String scheme, String rest, String defaultPort) {
        int slash = rest.indexOf('/');
        String authority = slash < 0 ? rest : rest.substring(0, slash);
        String path = slash < 0 ? "" : rest.substring(slash);
        int split = portColon(authority);
        if (split < 0) {
            return uri(scheme, trimmed(authority, "[]"), defaultPort, path);
        }
        String port = authority.substring(split + 1);
        return uri(scheme, trimmed(authority.substring(0, split), "[]"), isPort(port) ? port : defaultPort, path);
    }

    /** Where the port begins, or -1: an IPv6 address has colons of its own, and its port only after a bracket. */
    private static int portColon(String authority) {
        int last = authority.lastIndexOf(':');
        boolean bracketed = authority.startsWith("[");
        if (bracketed ? last != authority.indexOf(']') + 1 : last != authority.indexOf(':')) {
            return -1;
        }
        return last;
    }

    private static boolean isPort(String text) {
        return text.matches("\\+?[0-9]{1,9}") && Integer.parseInt(text) <= 65535;
    }

    private static URI uri(String scheme, String host, String port, String path) {
        String to = host.isEmpty() ? LOOPBACK : reachable(host);
        try {
            return new URI(scheme, null, to, Integer.parseInt(port), path.equals("/") ? "" : path, null, null);
        } catch (URISyntaxException e) {
            throw unusable(host, e);
        }
    }

    /** A server listens on an address that stands for all of its own; a client cannot call that. */
    private static String reachable(String host) {
        boolean literalHost = (host.contains(":") && !host.contains("%")) || host.equals("0.0.0.0");
        if (!literalHost) {
            return host;
        }
        try {
            InetAddress literal = InetAddress.getByName(host);
            if (literal.isAnyLocalAddress()) {
                return host.contains(":") ? "::1" : LOOPBACK;
            }
            return host;
        } catch (UnknownHostException e) {
            throw unusable(host, e);
        }
    }

    private static String trimmed(String text, String characters) {
        int begin = 0;
        int end = text.length();
        while (begin < end && characters.indexOf(text.charAt(begin)) >= 0) {
            begin++;
        }
        while (begin < end && characters.indexOf(text.charAt(end - 1)) >= 0) {
            end--;
        }
        return text.substring(begin, end);
    }

    private static IllegalArgumentException unusable(String value, @Nullable Exception cause) {
        return new IllegalArgumentException(
                "OLLAMA_HOST names no address that can be called: '" + value
                        + "'; it is a host, a host:port or an http:// address",
                cause);
    }
}
