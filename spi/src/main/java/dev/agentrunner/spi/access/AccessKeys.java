package dev.agentrunner.spi.access;

import java.time.Instant;
import java.util.List;
import java.util.Optional;

/**
 * The keys that were given out. A key never changes but for being revoked once, and is never deleted.
 *
 * <p>Thread-safe. Throws {@link dev.agentrunner.spi.error.StoreUnavailableException} while the store
 * cannot be reached.
 */
public interface AccessKeys {

    /**
     * Keeps a key; durable when this returns.
     *
     * @param sha256 of the secret: 64 hexadecimal digits in lower case
     * @throws IllegalArgumentException if there is a key with this id already, or the sum is none
     */
    void add(AccessKey key, String sha256);

    /** The key with this id, revoked or not. */
    Optional<StoredKey> find(String id);

    /** All keys, also revoked ones, in the order of their creation, then by id. */
    List<AccessKey> list();

    /**
     * Revokes a key for good; durable when this returns.
     *
     * @return false, and nothing changes, if there is no such key or it was revoked before
     */
    boolean revoke(String id, Instant at);
}
