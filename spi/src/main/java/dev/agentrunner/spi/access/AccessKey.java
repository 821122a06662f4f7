package dev.agentrunner.spi.access;

import dev.agentrunner.spi.model.Storable;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/**
 * A key to the calls of a server, without its secret. Moments are in whole milliseconds.
 *
 * @param id public: 1 to 64 letters, digits, {@code -} and {@code _}
 * @param name of whom or what it was given to, for people: 1 to 200 characters
 * @param revokedAt since when it opens nothing; null while it is good
 */
public record AccessKey(
        String id,
        String name,
        Role role,
        Instant createdAt,
        @Nullable Instant revokedAt) {

    private static final Pattern ID = Pattern.compile("[A-Za-z0-9_-]{1,64}");

    public AccessKey {
        if (!ID.matcher(id).matches()) {
            throw new IllegalArgumentException("A key's id has 1 to 64 letters, digits, '-' and '_': '" + id + "'");
        }
        Storable.text("The key's name", name);
        if (name.isBlank() || name.length() > 200) {
            throw new IllegalArgumentException("A key's name has 1 to 200 characters: '" + name + "'");
        }
        createdAt = createdAt.truncatedTo(ChronoUnit.MILLIS);
        revokedAt = revokedAt == null ? null : revokedAt.truncatedTo(ChronoUnit.MILLIS);
    }

    public boolean isRevoked() {
        return revokedAt != null;
    }

    /** The same key, revoked then. */
    public AccessKey revoked(Instant at) {
        return new AccessKey(id, name, role, createdAt, at);
    }
}
