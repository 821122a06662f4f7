package dev.agentrunner.http.access;

import dev.agentrunner.spi.access.AccessKey;
import dev.agentrunner.spi.access.AccessSession;
import dev.agentrunner.spi.access.Role;
import dev.agentrunner.spi.model.Actor;
import java.time.Instant;
import org.jspecify.annotations.Nullable;

/**
 * Who calls.
 *
 * @param id tells callers apart; idempotency keys are each caller's own
 * @param name recorded with what they do
 * @param key the id of the key that they showed; null where nobody is asked for one
 * @param session what they signed in to; null if they showed the key itself
 */
public record Principal(
        String id,
        String name,
        Role role,
        @Nullable String key,
        @Nullable AccessSession session) {

    /** Whoever calls a server that asks nobody for a key. */
    public static final Principal LOCAL = new Principal("local", "local", Role.ADMIN, null, null);

    /** Who has shown nothing, and may see what everybody may. */
    public static final Principal NOBODY = new Principal("nobody", "nobody", Role.VIEWER, null, null);

    static Principal of(AccessKey key, @Nullable AccessSession session) {
        return new Principal(key.id(), key.name(), key.role(), key.id(), session);
    }

    /** When their session ends; null if they showed the key itself. */
    public @Nullable Instant sessionEnd() {
        return session == null ? null : session.endsAt();
    }

    public Actor actor() {
        return Actor.user(name);
    }
}
