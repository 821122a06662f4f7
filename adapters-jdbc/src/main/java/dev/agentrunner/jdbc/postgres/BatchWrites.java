package dev.agentrunner.jdbc.postgres;

import dev.agentrunner.jdbc.sql.Labels;
import dev.agentrunner.spi.llm.Spending;
import dev.agentrunner.spi.model.ArtifactRow;
import dev.agentrunner.spi.model.RunId;
import dev.agentrunner.spi.model.RunSpec;
import dev.agentrunner.spi.model.StepId;
import java.sql.Connection;
import java.sql.SQLException;
import java.time.OffsetDateTime;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** Writes what a batch's verdicts gathered, one statement per table, and commits, all in one round trip. */
final class BatchWrites {

    private static final String INSERT_RUNS = """
            INSERT INTO ar_runs (id, status, waiting, wake_at, ready_at, queue, priority, node, epoch, last_seq,
                cancel_requested, pause_requested, recoveries, woken, claimed_at, workflow, version, created_at,
                started_at, finished_at)
            SELECT u.id, u.status, u.waiting, u.wake_at, u.ready_at, u.queue, u.priority, u.node, u.epoch, u.last_seq,
                u.cancel, u.pause, u.recoveries, u.woken, CASE WHEN u.epoch > 0 THEN n.now END, u.workflow, u.version,
                n.now, CASE WHEN u.ran THEN n.now END, CASE WHEN u.done THEN n.now END
            FROM unnest(?::uuid[], ?::text[], ?::text[], ?::timestamptz[], ?::timestamptz[], ?::text[], ?::bigint[],
                ?::bool[], ?::bool[], ?::int[], ?::bool[], ?::bool[], ?::bool[],
                ?::text[], ?::int[], ?::bigint[], ?::text[], ?::text[])
                u (id, status, waiting, wake_at, ready_at, node, last_seq, cancel, pause, recoveries, woken, ran, done,
                queue, priority, epoch, workflow, version), (SELECT ?::timestamptz AS now) n""";
    private static final String UPDATE_RUNS = """
            UPDATE ar_runs r SET status = u.status, waiting = u.waiting, wake_at = u.wake_at, ready_at = u.ready_at,
                node = u.node, last_seq = u.last_seq, cancel_requested = u.cancel, pause_requested = u.pause,
                recoveries = u.recoveries, woken = u.woken,
                started_at = COALESCE(r.started_at, CASE WHEN u.ran THEN n.now END),
                finished_at = CASE WHEN u.done THEN n.now END
            FROM unnest(?::uuid[], ?::text[], ?::text[], ?::timestamptz[], ?::timestamptz[], ?::text[], ?::bigint[],
                ?::bool[], ?::bool[], ?::int[], ?::bool[], ?::bool[], ?::bool[])
                u (id, status, waiting, wake_at, ready_at, node, last_seq, cancel, pause, recoveries, woken, ran, done),
                (SELECT ?::timestamptz AS now) n
            WHERE r.id = u.id""";
    private static final String WAKE_RUNS = """
            UPDATE ar_runs r SET ready_at = u.ready_at, woken = u.woken
            FROM unnest(?::uuid[], ?::timestamptz[], ?::bool[]) u (id, ready_at, woken) WHERE r.id = u.id""";
    private static final String INSERT_DETAILS = """
            INSERT INTO ar_run_details (run_id, name, labels, parent_run_id, forked_from, idempotency_key)
            SELECT * FROM unnest(?::uuid[], ?::text[], ?::text[], ?::uuid[], ?::uuid[], ?::text[])""";
    private static final String INSERT_LABELS = """
            INSERT INTO ar_run_labels (label, value, run_id)
            SELECT * FROM unnest(?::text[], ?::text[], ?::uuid[])""";
    private static final String INSERT_EVENTS = """
            INSERT INTO ar_events (id, run_id, seq, type, step_id, payload, actor, created_at)
            SELECT nextval('ar_event_ids'), u.run_id, u.seq, u.type, u.step_id, u.payload, u.actor, n.now
            FROM unnest(?::uuid[], ?::bigint[], ?::text[], ?::text[], ?::text[], ?::text[])
                u (run_id, seq, type, step_id, payload, actor), (SELECT ?::timestamptz AS now) n""";
    private static final String UPSERT_STEPS = """
            INSERT INTO ar_steps AS s (run_id, id, name, kind, status, attempts, started_seq, outcome_seq, created_at,
                started_at, finished_at)
            SELECT u.run_id, u.id, u.name, u.kind, u.status, u.attempts, u.started_seq, u.outcome_seq, n.now,
                CASE WHEN u.ran THEN n.now END, CASE WHEN u.done THEN n.now END
            FROM unnest(?::uuid[], ?::text[], ?::text[], ?::text[], ?::text[], ?::int[], ?::bigint[], ?::bigint[],
                ?::bool[], ?::bool[])
                u (run_id, id, name, kind, status, attempts, started_seq, outcome_seq, ran, done),
                (SELECT ?::timestamptz AS now) n
            ON CONFLICT (run_id, id) DO UPDATE SET name = excluded.name, kind = excluded.kind,
                status = excluded.status, attempts = excluded.attempts, started_seq = excluded.started_seq,
                outcome_seq = excluded.outcome_seq, started_at = COALESCE(s.started_at, excluded.started_at),
                finished_at = excluded.finished_at""";
    private static final String INSERT_ARTIFACTS = """
            INSERT INTO ar_artifacts (id, run_id, step_id, name, kind, media_type, size, sha256, uri, created_at)
            SELECT u.*, n.now FROM unnest(?::uuid[], ?::uuid[], ?::text[], ?::text[], ?::text[], ?::text[], ?::bigint[],
                ?::text[], ?::text[]) u, (SELECT ?::timestamptz AS now) n""";
    private static final String UPSERT_USAGE = """
            INSERT INTO ar_usage (run_id, step_id, calls, input_tokens, output_tokens, cost_usd)
            SELECT * FROM unnest(?::uuid[], ?::text[], ?::bigint[], ?::bigint[], ?::bigint[], ?::numeric[])
            ON CONFLICT (run_id, step_id) DO UPDATE SET calls = excluded.calls, input_tokens = excluded.input_tokens,
                output_tokens = excluded.output_tokens, cost_usd = excluded.cost_usd""";

    private final Script script;
    private final OffsetDateTime now;

    private BatchWrites(Connection connection, OffsetDateTime now) {
        this.script = new Script(connection);
        this.now = now;
    }

    /** Ends the transaction, if only because a statement was refused: the COMMIT behind it is not executed then. */
    static void commit(Connection connection, Verdicts verdicts, OffsetDateTime now) throws SQLException {
        BatchWrites writes = new BatchWrites(connection, now);
        List<RunImage> runs = verdicts.runs().stream()
                .sorted(Comparator.comparing((RunImage image) -> image.id))
                .toList();
        writes.newRuns(runs.stream().filter(image -> image.birth != null).toList());
        writes.changedRuns(runs.stream()
                .filter(image -> image.birth == null && image.written)
                .toList());
        writes.wokenRuns(runs.stream().filter(image -> image.wakeOnly).toList());
        writes.events(verdicts.events);
        writes.steps(List.copyOf(verdicts.steps.values()));
        writes.artifacts(List.copyOf(verdicts.artifacts.entrySet()));
        writes.usage(List.copyOf(verdicts.spending.entrySet()));
        writes.script.add(Script.COMMIT).run();
    }

    private void newRuns(List<RunImage> runs) throws SQLException {
        if (runs.isEmpty()) {
            return;
        }
        List<@Nullable Object> values = state(runs);
        values.add(script.column("text", runs, image -> spec(image).slot().queue()));
        values.add(script.column("int4", runs, image -> spec(image).slot().priority()));
        values.add(script.column("int8", runs, image -> image.epoch));
        values.add(script.column("text", runs, image -> spec(image).workflow().name()));
        values.add(script.column("text", runs, image -> spec(image).workflow().version()));
        values.add(now);
        script.add(INSERT_RUNS, values.toArray());
        // In the order of the keys, so that two lanes with the same keys wait for each other instead of dying.
        List<RunImage> byKey = runs.stream()
                .sorted(Comparator.comparing(
                        (RunImage image) -> String.valueOf(spec(image).idempotencyKey())))
                .toList();
        script.add(
                INSERT_DETAILS,
                script.column("uuid", byKey, image -> image.id.value()),
                script.column("text", byKey, image -> spec(image).name()),
                script.column("text", byKey, image -> Labels.format(spec(image).labels())),
                script.column("uuid", byKey, image -> id(spec(image).lineage().parent())),
                script.column("uuid", byKey, image -> id(spec(image).lineage().forkedFrom())),
                script.column("text", byKey, image -> spec(image).idempotencyKey()));
        labels(runs);
    }

    private void labels(List<RunImage> runs) throws SQLException {
        List<Map.Entry<RunId, Map.Entry<String, String>>> labels = runs.stream()
                .flatMap(image -> spec(image).labels().entrySet().stream().map(label -> Map.entry(image.id, label)))
                .toList();
        if (!labels.isEmpty()) {
            script.add(
                    INSERT_LABELS,
                    script.column("text", labels, entry -> entry.getValue().getKey()),
                    script.column("text", labels, entry -> entry.getValue().getValue()),
                    script.column("uuid", labels, entry -> entry.getKey().value()));
        }
    }

    private void changedRuns(List<RunImage> runs) throws SQLException {
        if (!runs.isEmpty()) {
            List<@Nullable Object> values = state(runs);
            values.add(now);
            script.add(UPDATE_RUNS, values.toArray());
        }
    }

    /** What both a new and a changed run have, in the order of the statements. */
    private List<@Nullable Object> state(List<RunImage> runs) throws SQLException {
        List<@Nullable Object> values = new ArrayList<>();
        values.add(script.column("uuid", runs, image -> image.id.value()));
        values.add(script.column("text", runs, image -> image.row.status().name()));
        values.add(script.column("text", runs, image -> name(image.row.waiting())));
        values.add(script.column("timestamptz", runs, image -> Moments.text(image.row.wakeAt())));
        values.add(script.column("timestamptz", runs, image -> Moments.text(image.readyAt)));
        values.add(script.column("text", runs, image -> image.node));
        values.add(script.column("int8", runs, image -> image.lastSeq));
        values.add(script.column("bool", runs, image -> image.row.cancelRequested()));
        values.add(script.column("bool", runs, image -> image.row.pauseRequested()));
        values.add(script.column("int4", runs, image -> image.row.recoveries()));
        values.add(script.column("bool", runs, image -> image.woken));
        values.add(script.column("bool", runs, image -> image.ran));
        values.add(script.column("bool", runs, RunImage::isTerminal));
        return values;
    }

    private void wokenRuns(List<RunImage> runs) throws SQLException {
        if (!runs.isEmpty()) {
            script.add(
                    WAKE_RUNS,
                    script.column("uuid", runs, image -> image.id.value()),
                    script.column("timestamptz", runs, image -> Moments.text(image.readyAt)),
                    script.column("bool", runs, image -> image.woken));
        }
    }

    private void events(List<EventLine> lines) throws SQLException {
        if (!lines.isEmpty()) {
            List<@Nullable Object> values = EventLine.columns(script, lines);
            values.add(now);
            script.add(INSERT_EVENTS, values.toArray());
        }
    }

    private void steps(List<StepImage> steps) throws SQLException {
        if (!steps.isEmpty()) {
            script.add(
                    UPSERT_STEPS,
                    script.column("uuid", steps, step -> step.run().value()),
                    script.column("text", steps, step -> step.row().id().value()),
                    script.column("text", steps, step -> step.row().name()),
                    script.column("text", steps, step -> step.row().kind()),
                    script.column("text", steps, step -> step.row().status().name()),
                    script.column("int4", steps, step -> step.row().attempts()),
                    script.column("int8", steps, step -> step.row().startedSeq()),
                    script.column("int8", steps, step -> step.row().outcomeSeq()),
                    script.column("bool", steps, StepImage::ran),
                    script.column("bool", steps, step -> step.row().status().isTerminal()),
                    now);
        }
    }

    private void artifacts(List<Map.Entry<ArtifactKey, ArtifactRow>> artifacts) throws SQLException {
        if (!artifacts.isEmpty()) {
            script.add(
                    INSERT_ARTIFACTS,
                    script.column(
                            "uuid",
                            artifacts,
                            entry -> entry.getKey().artifact().value()),
                    script.column(
                            "uuid", artifacts, entry -> entry.getKey().run().value()),
                    script.column(
                            "text", artifacts, entry -> text(entry.getValue().step())),
                    script.column("text", artifacts, entry -> entry.getValue().name()),
                    script.column("text", artifacts, entry -> entry.getValue().kind()),
                    script.column("text", artifacts, entry -> entry.getValue().mediaType()),
                    script.column(
                            "int8", artifacts, entry -> entry.getValue().blob().size()),
                    script.column(
                            "text", artifacts, entry -> entry.getValue().blob().sha256()),
                    script.column(
                            "text", artifacts, entry -> entry.getValue().blob().uri()),
                    now);
        }
    }

    private void usage(List<Map.Entry<StepKey, Spending>> steps) throws SQLException {
        if (!steps.isEmpty()) {
            script.add(
                    UPSERT_USAGE,
                    script.column("uuid", steps, entry -> entry.getKey().run().value()),
                    script.column("text", steps, entry -> entry.getKey().step().value()),
                    script.column("int8", steps, entry -> entry.getValue().calls()),
                    script.column(
                            "int8", steps, entry -> entry.getValue().usage().inputTokens()),
                    script.column(
                            "int8", steps, entry -> entry.getValue().usage().outputTokens()),
                    script.column("numeric", steps, entry -> entry.getValue().costUsd()));
        }
    }

    private static RunSpec spec(RunImage image) {
        if (image.birth == null) {
            throw new IllegalStateException("Run " + image.id + " was not created in this batch");
        }
        return image.birth.spec();
    }

    private static @Nullable Object id(@Nullable RunId run) {
        return run == null ? null : run.value();
    }

    private static @Nullable String name(@Nullable Enum<?> value) {
        return value == null ? null : value.name();
    }

    private static @Nullable String text(@Nullable StepId step) {
        return step == null ? null : step.value();
    }
}
