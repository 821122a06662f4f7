package dev.agentrunner.memory;

import dev.agentrunner.spi.access.AuditEntry;
import dev.agentrunner.spi.access.AuditRecord;
import dev.agentrunner.spi.access.AuditTrail;
import java.time.Instant;
import java.util.List;

/** The audit trail: the id of a record is its place, counted from 1. */
final class MemoryAudit implements AuditTrail {

    private final Tables tables;

    MemoryAudit(Tables tables) {
        this.tables = tables;
    }

    @Override
    public void record(AuditEntry entry) {
        tables.at(now -> tables.audit.add(new AuditRecord(tables.audit.size() + 1L, entry, Instant.ofEpochMilli(now))));
    }

    @Override
    public List<AuditRecord> read(long afterId, int limit) {
        return tables.get(() -> tables.audit.stream()
                .skip(Math.max(0, afterId))
                .limit(Math.max(0, limit))
                .toList());
    }
}
