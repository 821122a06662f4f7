package dev.agentrunner.jdbc.sqlite;

import dev.agentrunner.spi.queue.ClaimRequest;
import java.sql.SQLException;
import java.util.List;

/** Writes claims, and the start of those runs that were queued. */
final class ClaimRows {

    private static final String CLAIM = "UPDATE ar_runs SET node = ?, epoch = epoch + 1, ready_at = NULL, woken = 0,"
            + " claimed_at = coalesce(claimed_at, ?)";
    private static final String START = CLAIM + ", status = 'RUNNING', started_at = ?, last_seq = ?";

    private final ClaimRequest request;
    private final Lines claims;
    private final Lines starts;
    private final EventLines events;
    private final long now;

    ClaimRows(Session session, ClaimRequest request, long now) throws SQLException {
        this.request = request;
        this.claims = new Lines(session.prepare(CLAIM + " WHERE id = ?"));
        this.starts = new Lines(session.prepare(START + " WHERE id = ?"));
        this.events = new EventLines(session, now);
        this.now = now;
    }

    void write(List<ReadyRun> runs) throws SQLException {
        for (ReadyRun run : runs) {
            String id = run.id().toString();
            Lines row = run.isQueued() ? starts : claims;
            row.text(request.node().value()).number(now);
            if (run.isQueued()) {
                long seq = run.lastSeq() + 1;
                row.number(now).number(seq);
                events.add(id, seq, request.start().apply(run.epoch() + 1));
            }
            row.text(id).end();
        }
        events.write();
        claims.write();
        starts.write();
    }
}
