package dev.agentrunner.jdbc.read;

import dev.agentrunner.jdbc.sql.Cursors;
import dev.agentrunner.jdbc.sql.Dialect;
import dev.agentrunner.jdbc.sql.Query;
import dev.agentrunner.jdbc.sql.UsageText;
import dev.agentrunner.spi.catalog.RunQuery;
import dev.agentrunner.spi.catalog.TimeRange;
import dev.agentrunner.spi.model.Lineage;
import dev.agentrunner.spi.model.RunId;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** Turns questions for runs into SQL. */
final class RunQuerySql {

    private static final String RUNS = "SELECT r.id, r.status, r.waiting, r.wake_at, r.queue, r.priority, r.node,"
            + " r.epoch, r.last_seq, r.cancel_requested, r.pause_requested, r.recoveries, r.workflow, r.version,"
            + " r.created_at, r.started_at, r.finished_at, d.name, d.labels, d.parent_run_id, d.forked_from,"
            + " d.idempotency_key, f.payload AS first_payload, l.payload AS last_payload, " + UsageText.OF_RUN
            + " AS usage FROM ar_runs r"
            + " JOIN ar_run_details d ON d.run_id = r.id"
            + " JOIN ar_events f ON f.run_id = r.id AND f.seq = 1"
            + " LEFT JOIN ar_events l ON l.run_id = r.id AND l.seq = r.last_seq AND r.finished_at IS NOT NULL"
            + " WHERE";

    private RunQuerySql() {}

    static Query one(Dialect dialect, RunId run) {
        return new Query(dialect).add(RUNS).add("r.id = ?", run.value());
    }

    /** Gives one run more than the page holds, if there is one. */
    static Query page(Dialect dialect, RunQuery question) {
        Query query = new Query(dialect).add(RUNS).add("1 = 1");
        String cursor = question.page().cursor();
        if (cursor != null) {
            query.add("AND r.id < ?", Cursors.run(cursor).value());
        }
        if (!question.statuses().isEmpty()) {
            query.add("AND r.status IN")
                    .addList(question.statuses().stream().map(Enum::name).toList());
        }
        if (question.workflow() != null) {
            query.add("AND r.workflow = ?", question.workflow());
        }
        labels(query, question.labels());
        created(query, question.created());
        family(query, question.family());
        text(query, dialect, question.text());
        return query.add("ORDER BY r.id DESC LIMIT ?", question.page().limit() + 1);
    }

    private static void labels(Query query, Map<String, String> labels) {
        labels.forEach((label, value) -> query.add(
                "AND EXISTS (SELECT 1 FROM ar_run_labels b WHERE b.label = ? AND b.value = ? AND b.run_id = r.id)",
                label,
                value));
    }

    private static void created(Query query, TimeRange range) {
        if (range.after() != null) {
            query.add("AND r.created_at > ?", range.after());
        }
        if (range.before() != null) {
            query.add("AND r.created_at < ?", range.before());
        }
    }

    private static void family(Query query, Lineage family) {
        if (family.parent() != null) {
            query.add("AND d.parent_run_id = ?", family.parent().value());
        }
        if (family.forkedFrom() != null) {
            query.add("AND d.forked_from = ?", family.forkedFrom().value());
        }
    }

    private static void text(Query query, Dialect dialect, @Nullable String text) {
        if (text != null) {
            String part = asciiLowerCase(text);
            query.add(
                    "AND (" + dialect.contains(dialect.idText("r.id"))
                            + " OR " + dialect.contains("d.name")
                            + " OR " + dialect.contains("r.workflow")
                            + " OR " + dialect.contains("f.payload") + ")",
                    part,
                    part,
                    part,
                    part);
        }
    }

    private static String asciiLowerCase(String text) {
        StringBuilder lower = new StringBuilder(text);
        for (int i = 0; i < lower.length(); i++) {
            char c = lower.charAt(i);
            if (c >= 'A' && c <= 'Z') {
                lower.setCharAt(i, (char) (c + ('a' - 'A')));
            }
        }
        return lower.toString();
    }
}
