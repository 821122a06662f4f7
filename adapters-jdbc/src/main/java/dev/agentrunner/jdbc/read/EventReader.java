package dev.agentrunner.jdbc.read;

import dev.agentrunner.jdbc.sql.Connections;
import dev.agentrunner.jdbc.sql.Dialect;
import dev.agentrunner.jdbc.sql.Query;
import dev.agentrunner.jdbc.sql.Rows;
import dev.agentrunner.jdbc.sql.Slices;
import dev.agentrunner.spi.model.Event;
import dev.agentrunner.spi.model.RunId;
import java.util.ArrayList;
import java.util.Collection;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.UUID;

/** Reads the log. */
public final class EventReader {

    private static final String EVENTS = "SELECT e.id, e.run_id, e.seq, e.type, e.step_id, e.payload, e.actor,"
            + " e.created_at FROM ar_events e WHERE";

    private final Connections connections;
    private final Dialect dialect;
    private final Rows rows;

    public EventReader(Connections connections, Dialect dialect) {
        this.connections = connections;
        this.dialect = dialect;
        this.rows = new Rows(dialect);
    }

    public List<Event> read(RunId run, long afterSeq, int limit) {
        Query query = new Query(dialect)
                .add(EVENTS)
                .add("e.run_id = ? AND e.seq > ? ORDER BY e.seq LIMIT ?", run.value(), afterSeq, Math.max(0, limit));
        return connections.read(connection -> query.list(connection, rows::event));
    }

    public Map<RunId, List<Event>> readAll(Collection<RunId> runs) {
        Map<RunId, List<Event>> events = new LinkedHashMap<>();
        for (List<RunId> slice : Slices.of(runs)) {
            List<UUID> ids = slice.stream().map(RunId::value).toList();
            Query query = new Query(dialect)
                    .add(EVENTS)
                    .add("e.run_id IN")
                    .addList(ids)
                    .add("ORDER BY e.run_id, e.seq");
            connections
                    .read(connection -> query.list(connection, rows::event))
                    .forEach(event -> events.computeIfAbsent(event.run(), run -> new ArrayList<>())
                            .add(event));
        }
        return events;
    }

    public List<Event> feed(long afterId, int limit) {
        Query query = new Query(dialect)
                .add(EVENTS)
                .add("e.id > ? AND " + dialect.settled("e") + " ORDER BY e.id LIMIT ?", afterId, Math.max(0, limit));
        return connections.read(connection -> query.list(connection, rows::event));
    }

    public long feedEnd() {
        Query query = new Query(dialect)
                .add("SELECT coalesce(max(e.id), 0) AS last_id FROM ar_events e WHERE " + dialect.settled("e"));
        return connections
                .read(connection -> query.list(connection, row -> row.getLong("last_id")))
                .get(0);
    }
}
