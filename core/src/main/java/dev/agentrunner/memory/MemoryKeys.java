package dev.agentrunner.memory;

import dev.agentrunner.spi.access.AccessKey;
import dev.agentrunner.spi.access.AccessKeys;
import dev.agentrunner.spi.access.StoredKey;
import java.time.Instant;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;

/** Keys, by id. */
final class MemoryKeys implements AccessKeys {

    private static final Comparator<AccessKey> BY_CREATION =
            Comparator.comparing(AccessKey::createdAt).thenComparing(AccessKey::id);

    private final Tables tables;

    MemoryKeys(Tables tables) {
        this.tables = tables;
    }

    @Override
    public void add(AccessKey key, String sha256) {
        StoredKey added = new StoredKey(key, sha256);
        if (tables.get(() -> Optional.ofNullable(tables.accessKeys.putIfAbsent(key.id(), added)))
                .isPresent()) {
            throw new IllegalArgumentException("There is a key " + key.id() + " already; give the new one another id");
        }
    }

    @Override
    public Optional<StoredKey> find(String id) {
        return tables.get(() -> Optional.ofNullable(tables.accessKeys.get(id)));
    }

    @Override
    public List<AccessKey> list() {
        return tables.get(() -> tables.accessKeys.values().stream()
                .map(StoredKey::key)
                .sorted(BY_CREATION)
                .toList());
    }

    @Override
    public boolean revoke(String id, Instant at) {
        return tables.get(() -> {
            StoredKey stored = tables.accessKeys.get(id);
            if (stored == null || stored.key().isRevoked()) {
                return false;
            }
            tables.accessKeys.put(id, new StoredKey(stored.key().revoked(at), stored.sha256()));
            return true;
        });
    }
}
