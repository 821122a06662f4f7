package dev.agentrunner.spi.access;

import dev.agentrunner.spi.model.Storable;
import java.time.Instant;
import java.time.temporal.ChronoUnit;

/**
 * Somebody has shown a key, and now shows a token instead.
 *
 * @param sha256 of the token: 64 hexadecimal digits in lower case
 * @param keyId of the key that was shown
 * @param endsAt in whole milliseconds; from then on the token opens nothing
 */
public record AccessSession(String sha256, String keyId, Instant endsAt) {

    public AccessSession {
        if (!StoredKey.SUM.matcher(sha256).matches()) {
            // Not shown: who mixes things up may have given the token itself.
            throw new IllegalArgumentException("The SHA-256 of a session of key " + keyId
                    + " is not 64 hexadecimal digits in lower case; it was not stored");
        }
        Storable.text("The id of the session's key", keyId);
        endsAt = endsAt.truncatedTo(ChronoUnit.MILLIS);
    }

    /** Without the sum. */
    @Override
    public String toString() {
        return "AccessSession[key " + keyId + " until " + endsAt + "]";
    }
}
