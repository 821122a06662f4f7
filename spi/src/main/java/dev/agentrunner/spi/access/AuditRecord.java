package dev.agentrunner.spi.access;

import java.time.Instant;

/**
 * An audit entry as it was recorded.
 *
 * @param id grows with every record
 * @param createdAt the store's clock, in whole milliseconds
 */
public record AuditRecord(long id, AuditEntry entry, Instant createdAt) {}
