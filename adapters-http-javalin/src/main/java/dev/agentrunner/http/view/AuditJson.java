package dev.agentrunner.http.view;

import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.agentrunner.spi.access.AuditEntry;
import dev.agentrunner.spi.access.AuditRecord;

/** What was written down. */
public final class AuditJson {

    private AuditJson() {}

    public static ObjectNode of(AuditRecord record) {
        AuditEntry entry = record.entry();
        ObjectNode json = Shown.object()
                .put("id", record.id())
                .put("actor", entry.actor().value())
                .put("action", entry.action());
        Shown.put(json, "target", entry.target());
        json.put("outcome", entry.outcome());
        Shown.put(json, "address", entry.address());
        json.set("details", Shown.tree(entry.details()));
        return json.put("created_at", Shown.time(record.createdAt()));
    }
}
