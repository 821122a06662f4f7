package dev.agentrunner.memory;

import dev.agentrunner.spi.access.AccessSession;
import dev.agentrunner.spi.access.AuditRecord;
import dev.agentrunner.spi.access.StoredKey;
import dev.agentrunner.spi.error.StoreClosedException;
import dev.agentrunner.spi.model.NodeId;
import dev.agentrunner.spi.model.RunId;
import dev.agentrunner.spi.store.Tombstone;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.NavigableMap;
import java.util.TreeMap;
import java.util.concurrent.locks.ReentrantLock;
import java.util.function.LongFunction;
import java.util.function.Supplier;

/** Everything that the store knows, and the one lock that guards all of it. */
final class Tables {

    final NavigableMap<RunId, StoredRun> runs = new TreeMap<>();
    final Map<String, RunId> keys = new HashMap<>();
    final Map<NodeId, StoredNode> nodes = new TreeMap<>(StoredNode.BY_ID);
    final Map<RunId, Tombstone> tombstones = new HashMap<>();
    final Map<String, StoredKey> accessKeys = new HashMap<>();
    final Map<String, AccessSession> sessions = new HashMap<>();
    final List<AuditRecord> audit = new ArrayList<>();
    final Feed feed = new Feed();
    final Tenancy tenancy = new Tenancy();
    private final ReentrantLock lock = new ReentrantLock();
    private final InstantSource clock;
    private boolean closed;

    Tables(InstantSource clock) {
        this.clock = clock;
    }

    /** Does a unit of work at one moment, in epoch milliseconds. */
    <T> T at(LongFunction<T> work) {
        lock.lock();
        try {
            if (closed) {
                throw new StoreClosedException(InMemoryStore.NAME);
            }
            return work.apply(clock.instant().toEpochMilli());
        } finally {
            lock.unlock();
        }
    }

    <T> T get(Supplier<T> work) {
        return at(now -> work.get());
    }

    void close() {
        lock.lock();
        try {
            closed = true;
        } finally {
            lock.unlock();
        }
    }
}
