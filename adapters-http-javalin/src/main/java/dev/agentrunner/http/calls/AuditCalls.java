package dev.agentrunner.http.calls;

import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.agentrunner.http.request.Answer;
import dev.agentrunner.http.request.Cursor;
import dev.agentrunner.http.request.Query;
import dev.agentrunner.http.request.Request;
import dev.agentrunner.http.request.Route;
import dev.agentrunner.http.view.AuditJson;
import dev.agentrunner.http.view.Shown;
import dev.agentrunner.spi.access.AuditRecord;
import dev.agentrunner.spi.access.AuditTrail;
import dev.agentrunner.spi.access.Role;
import java.util.List;

/** Shows who did what. */
public final class AuditCalls {

    private static final String LIST = "audit";

    private final AuditTrail trail;

    public AuditCalls(AuditTrail trail) {
        this.trail = trail;
    }

    public List<Route> routes() {
        return List.of(new Route("GET", "/audit", Role.ADMIN, null, this::list));
    }

    /** The oldest first: what is not there yet comes behind the cursor of the last page. */
    private Answer list(Request request) {
        request.readsJson();
        Query query = request.query().only("after", "limit", "cursor");
        Long after = query.number("after", 0, Long.MAX_VALUE);
        Long cursor = Cursor.read(query.text("cursor"), LIST);
        int limit = query.limit();
        long from = Math.max(after == null ? 0 : after, cursor == null ? 0 : cursor);
        List<AuditRecord> found = trail.read(from, limit + 1);
        List<AuditRecord> items = found.subList(0, Math.min(limit, found.size()));
        String next =
                found.size() > limit ? Cursor.write(LIST, items.get(limit - 1).id()) : null;
        ObjectNode page = Shown.page(items, AuditJson::of, next);
        return Answer.json(page);
    }
}
