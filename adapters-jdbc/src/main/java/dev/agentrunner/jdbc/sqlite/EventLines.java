package dev.agentrunner.jdbc.sqlite;

import dev.agentrunner.spi.model.NewEvent;
import java.sql.SQLException;

/** Gathers events, and appends them. */
final class EventLines {

    private final Lines lines;
    private final long now;

    EventLines(Session session, long now) throws SQLException {
        this.lines = new Lines(session.prepare("INSERT INTO ar_events (run_id, seq, type, step_id, payload, actor,"
                + " created_at) VALUES (?, ?, ?, ?, ?, ?, ?)"));
        this.now = now;
    }

    void add(String run, long seq, NewEvent event) throws SQLException {
        lines.text(run).number(seq).text(event.type().name());
        lines.text(event.step() == null ? null : event.step().value());
        lines.text(event.payload().text()).text(event.actor().value()).number(now);
        lines.end();
    }

    void write() throws SQLException {
        lines.write();
    }
}
