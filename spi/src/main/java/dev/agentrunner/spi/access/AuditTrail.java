package dev.agentrunner.spi.access;

import java.util.List;

/**
 * Who did what, from where, and what came of it. Append-only: nothing is ever changed or deleted.
 *
 * <p>Thread-safe. Throws {@link dev.agentrunner.spi.error.StoreUnavailableException} while the store
 * cannot be reached.
 */
public interface AuditTrail {

    /** Records an entry; durable when this returns. */
    void record(AuditEntry entry);

    /**
     * Records with {@code id > afterId}, by id, at most {@code limit}. A reader that has seen id n never later finds
     * one with id ≤ n.
     */
    List<AuditRecord> read(long afterId, int limit);
}
