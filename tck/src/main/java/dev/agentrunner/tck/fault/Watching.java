package dev.agentrunner.tck.fault;

import dev.agentrunner.spi.access.AccessKey;
import dev.agentrunner.spi.access.AccessKeys;
import dev.agentrunner.spi.access.AccessSession;
import dev.agentrunner.spi.access.AccessSessions;
import dev.agentrunner.spi.access.AuditEntry;
import dev.agentrunner.spi.access.AuditRecord;
import dev.agentrunner.spi.access.AuditTrail;
import dev.agentrunner.spi.access.StoredKey;
import dev.agentrunner.spi.catalog.Backlog;
import dev.agentrunner.spi.catalog.Unfinished;
import dev.agentrunner.spi.model.Actor;
import dev.agentrunner.spi.store.Store;
import java.time.Instant;
import java.util.List;
import java.util.Optional;

/** Stores that mislead whoever watches over them. */
final class Watching {

    private Watching() {}

    /** Takes whoever has not finished for ready. */
    static Store sleepless(Store whole) {
        return ForwardingStore.with(whole, new ForwardingCatalog(whole.catalog()) {
            @Override
            public List<Backlog> backlog() {
                long runs =
                        super.unfinished().stream().mapToLong(Unfinished::runs).sum();
                return super.backlog().stream()
                        .map(queue -> new Backlog(queue.queue(), runs, queue.oldest()))
                        .toList();
            }
        });
    }

    /** Says that a key was revoked, and keeps it. */
    static Store forgiving(Store whole) {
        AccessKeys keys = whole.keys();
        return new ForwardingStore(whole) {
            @Override
            public AccessKeys keys() {
                return new AccessKeys() {
                    @Override
                    public void add(AccessKey key, String sha256) {
                        keys.add(key, sha256);
                    }

                    @Override
                    public Optional<StoredKey> find(String id) {
                        return keys.find(id);
                    }

                    @Override
                    public List<AccessKey> list() {
                        return keys.list();
                    }

                    @Override
                    public boolean revoke(String id, Instant at) {
                        return keys.find(id).isPresent();
                    }
                };
            }
        };
    }

    /** Says that a session has ended, and keeps it. */
    static Store clinging(Store whole) {
        AccessSessions sessions = whole.sessions();
        return new ForwardingStore(whole) {
            @Override
            public AccessSessions sessions() {
                return new AccessSessions() {
                    @Override
                    public void begin(AccessSession session, Instant now) {
                        sessions.begin(session, now);
                    }

                    @Override
                    public Optional<AccessSession> find(String sha256) {
                        return sessions.find(sha256);
                    }

                    @Override
                    public void end(String sha256) {}
                };
            }
        };
    }

    /** Records what was done, but not by whom. */
    static Store unwatched(Store whole) {
        AuditTrail audit = whole.audit();
        return new ForwardingStore(whole) {
            @Override
            public AuditTrail audit() {
                return new AuditTrail() {
                    @Override
                    public void record(AuditEntry entry) {
                        audit.record(new AuditEntry(
                                Actor.SYSTEM,
                                entry.action(),
                                entry.target(),
                                entry.outcome(),
                                entry.address(),
                                entry.details()));
                    }

                    @Override
                    public List<AuditRecord> read(long afterId, int limit) {
                        return audit.read(afterId, limit);
                    }
                };
            }
        };
    }
}
