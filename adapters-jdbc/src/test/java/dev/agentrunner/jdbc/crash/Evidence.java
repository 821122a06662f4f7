package dev.agentrunner.jdbc.crash;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.ByteArrayOutputStream;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * What the tables say, read with plain SQL as of one moment.
 *
 * @param runs by id
 */
record Evidence(Map<String, Run> runs) {

    private static final ObjectMapper JSON = new ObjectMapper();

    /** A run with everything that belongs to it, each in the order in which the log wants it. */
    record Run(
            String id,
            Row row,
            Details details,
            List<Event> events,
            Map<String, Step> steps,
            List<Artifact> artifacts) {

        Optional<Event> last(String type) {
            return events.stream().filter(each -> each.type().equals(type)).reduce((one, other) -> other);
        }
    }

    record Row(
            String status,
            @Nullable String waiting,
            @Nullable String node,
            long epoch,
            long lastSeq,
            boolean cancelRequested,
            boolean pauseRequested,
            int recoveries,
            boolean ready,
            long finishedAt) {}

    record Details(
            String workflow,
            @Nullable String parent,
            @Nullable String key) {}

    record Event(long id, long seq, String type, @Nullable String step, JsonNode payload, String actor, long at) {

        String text(String field) {
            return payload.path(field).asText();
        }

        /** The node that wrote it, or null. */
        @Nullable String worker() {
            return actor.startsWith("worker:") ? actor.substring("worker:".length()) : null;
        }
    }

    record Step(String name, String kind, String status, int attempts, long startedSeq, long outcomeSeq) {}

    record Artifact(String id, @Nullable String step, String name, long size, String sha256) {}

    static Evidence read(Target target, Connection connection) throws SQLException {
        Map<String, Run> runs = new LinkedHashMap<>();
        try (Statement statement = connection.createStatement()) {
            try (ResultSet row = statement.executeQuery(
                    "SELECT * FROM ar_runs r JOIN ar_run_details d" + " ON d.run_id = r.id ORDER BY r.id")) {
                while (row.next()) {
                    Run run = run(target, row);
                    runs.put(run.id(), run);
                }
            }
            try (ResultSet row = statement.executeQuery("SELECT * FROM ar_events ORDER BY run_id, seq, id")) {
                while (row.next()) {
                    owner(runs, row).events().add(event(target, row));
                }
            }
            try (ResultSet row = statement.executeQuery("SELECT * FROM ar_steps")) {
                while (row.next()) {
                    owner(runs, row).steps().put(row.getString("id"), step(row));
                }
            }
            try (ResultSet row = statement.executeQuery("SELECT * FROM ar_artifacts ORDER BY position")) {
                while (row.next()) {
                    owner(runs, row).artifacts().add(artifact(row));
                }
            }
        }
        return new Evidence(runs);
    }

    /** As {@link #read(Target, Connection)}, of one moment. */
    static Evidence read(Target target) throws SQLException {
        try (Connection connection = target.connect()) {
            connection.setAutoCommit(false);
            if (!target.isSqlite()) {
                connection.setTransactionIsolation(Connection.TRANSACTION_REPEATABLE_READ);
            }
            Evidence evidence = read(target, connection);
            connection.rollback();
            return evidence;
        }
    }

    /** The bytes that are kept under this sum; null if they are not there, or not whole. */
    static byte @Nullable [] bytes(Connection connection, String sha256) throws SQLException {
        try (PreparedStatement blob =
                        connection.prepareStatement("SELECT size FROM ar_blobs WHERE sha256 = ? AND complete");
                PreparedStatement chunks =
                        connection.prepareStatement("SELECT bytes FROM ar_blob_chunks WHERE sha256 = ? ORDER BY n")) {
            blob.setString(1, sha256);
            try (ResultSet row = blob.executeQuery()) {
                if (!row.next()) {
                    return null;
                }
            }
            chunks.setString(1, sha256);
            ByteArrayOutputStream all = new ByteArrayOutputStream();
            try (ResultSet row = chunks.executeQuery()) {
                while (row.next()) {
                    all.writeBytes(row.getBytes("bytes"));
                }
            }
            return all.toByteArray();
        }
    }

    private static Run owner(Map<String, Run> runs, ResultSet row) throws SQLException {
        String id = row.getString("run_id");
        return Optional.ofNullable(runs.get(id))
                .orElseThrow(() -> new AssertionError("Rows of run " + id + ", which is not there"));
    }

    private static Run run(Target target, ResultSet row) throws SQLException {
        return new Run(
                row.getString("id"),
                new Row(
                        row.getString("status"),
                        row.getString("waiting"),
                        row.getString("node"),
                        row.getLong("epoch"),
                        row.getLong("last_seq"),
                        row.getBoolean("cancel_requested"),
                        row.getBoolean("pause_requested"),
                        row.getInt("recoveries"),
                        target.millis(row, "ready_at") >= 0,
                        target.millis(row, "finished_at")),
                new Details(
                        row.getString("workflow"), row.getString("parent_run_id"), row.getString("idempotency_key")),
                new ArrayList<>(),
                new LinkedHashMap<>(),
                new ArrayList<>());
    }

    private static Event event(Target target, ResultSet row) throws SQLException {
        try {
            return new Event(
                    row.getLong("id"),
                    row.getLong("seq"),
                    row.getString("type"),
                    row.getString("step_id"),
                    JSON.readTree(row.getString("payload")),
                    row.getString("actor"),
                    target.millis(row, "created_at"));
        } catch (JsonProcessingException e) {
            throw new AssertionError("Event " + row.getLong("id") + " holds no JSON", e);
        }
    }

    private static Step step(ResultSet row) throws SQLException {
        return new Step(
                row.getString("name"),
                row.getString("kind"),
                row.getString("status"),
                row.getInt("attempts"),
                row.getLong("started_seq"),
                row.getLong("outcome_seq"));
    }

    private static Artifact artifact(ResultSet row) throws SQLException {
        return new Artifact(
                row.getString("id"),
                row.getString("step_id"),
                row.getString("name"),
                row.getLong("size"),
                row.getString("sha256"));
    }
}
