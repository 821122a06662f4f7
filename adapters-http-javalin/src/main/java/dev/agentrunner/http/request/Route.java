package dev.agentrunner.http.request;

import dev.agentrunner.spi.access.Role;
import org.jspecify.annotations.Nullable;

/**
 * A call, where it is found, and who may make it.
 *
 * @param method in capitals
 * @param path below where the API is mounted, with names in braces
 * @param role null: everybody may, and nobody is asked who they are
 * @param action under which it is written down; null if it changes nothing
 */
public record Route(
        String method,
        String path,
        @Nullable Role role,
        @Nullable String action,
        Call call) {

    /** Reads something that everybody may. */
    public static Route open(String path, Call call) {
        return new Route("GET", path, null, null, call);
    }

    /** Reads something. */
    public static Route get(String path, Call call) {
        return new Route("GET", path, Role.VIEWER, null, call);
    }

    /** Starts or commands a run. */
    public static Route post(String path, String action, Call call) {
        return new Route("POST", path, Role.OPERATOR, action, call);
    }
}
