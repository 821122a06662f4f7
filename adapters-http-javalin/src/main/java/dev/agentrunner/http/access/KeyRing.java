package dev.agentrunner.http.access;

import dev.agentrunner.spi.access.AccessKeys;
import dev.agentrunner.spi.access.StoredKey;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.time.InstantSource;
import java.util.Optional;

/** The keys that are good. Thread-safe. */
final class KeyRing {

    private final Believed<StoredKey> known;

    KeyRing(AccessKeys keys, InstantSource clock) {
        this.known = new Believed<>(keys::find, clock);
    }

    /** The key with this id, unless it was revoked. */
    Optional<StoredKey> good(String id) {
        return known.find(id).filter(found -> !found.key().isRevoked());
    }

    /** The key that somebody shows, if it is good. */
    Optional<StoredKey> open(String text) {
        return KeyText.parse(text)
                .flatMap(shown -> good(shown.id()).filter(kept -> same(kept.sha256(), shown.sha256())));
    }

    /** Takes as long whether the first or the last character differs. */
    private static boolean same(String one, String other) {
        return MessageDigest.isEqual(one.getBytes(StandardCharsets.UTF_8), other.getBytes(StandardCharsets.UTF_8));
    }
}
