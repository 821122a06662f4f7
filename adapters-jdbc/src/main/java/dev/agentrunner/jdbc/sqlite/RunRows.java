package dev.agentrunner.jdbc.sqlite;

import dev.agentrunner.spi.model.RunRow;
import dev.agentrunner.spi.model.RunSpec;
import java.sql.SQLException;
import java.util.Collection;
import org.jspecify.annotations.Nullable;

/** Writes the rows of runs, each at most once in a batch, and without touching indexes where it can. */
final class RunRows {

    private static final String INSERT =
            "INSERT INTO ar_runs (id, workflow, version, queue, priority, epoch, claimed_at, created_at, started_at,"
                    + " waiting, wake_at, last_seq, cancel_requested, pause_requested, recoveries, woken, status, ready_at,"
                    + " node, finished_at) VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?)";
    private static final String SEQ = "UPDATE ar_runs SET last_seq = ? WHERE id = ?";
    private static final String PROGRESS = "UPDATE ar_runs SET waiting = ?, wake_at = ?, last_seq = ?,"
            + " cancel_requested = ?, pause_requested = ?, recoveries = ?, woken = ?";
    private static final String PROGRESSED = PROGRESS + " WHERE id = ?";
    private static final String TURNED = PROGRESS
            + ", status = ?, ready_at = ?, node = ?, finished_at = ?, started_at = coalesce(started_at, ?) WHERE id = ?";
    private static final String WOKEN = "UPDATE ar_runs SET ready_at = ?, woken = ? WHERE id = ?";

    private final Lines inserted;
    private final Lines sequenced;
    private final Lines progressed;
    private final Lines turned;
    private final Lines woken;
    private final long now;

    RunRows(Session session, long now) throws SQLException {
        this.inserted = new Lines(session.prepare(INSERT));
        this.sequenced = new Lines(session.prepare(SEQ));
        this.progressed = new Lines(session.prepare(PROGRESSED));
        this.turned = new Lines(session.prepare(TURNED));
        this.woken = new Lines(session.prepare(WOKEN));
        this.now = now;
    }

    void write(Collection<@Nullable RunState> runs) throws SQLException {
        for (RunState run : runs) {
            if (run != null) {
                add(run);
            }
        }
        inserted.write();
        sequenced.write();
        progressed.write();
        turned.write();
        woken.write();
    }

    private void add(RunState run) throws SQLException {
        if (run.born != null) {
            insert(run, run.born);
            return;
        }
        switch (run.change) {
            case NONE -> {}
            case WOKEN ->
                woken.number(run.readyAt)
                        .flag(run.woken)
                        .text(run.id.toString())
                        .end();
            case SEQ -> sequenced.number(run.lastSeq).text(run.id.toString()).end();
            case PROGRESS -> {
                progress(progressed, run);
                progressed.text(run.id.toString()).end();
            }
            case TURN -> {
                progress(turned, run);
                turn(turned, run);
                turned.number(run.ran ? (Long) now : null)
                        .text(run.id.toString())
                        .end();
            }
        }
    }

    private void insert(RunState run, RunSpec spec) throws SQLException {
        inserted.text(run.id.toString());
        inserted.text(spec.workflow().name()).text(spec.workflow().version());
        inserted.text(spec.slot().queue()).number(spec.slot().priority());
        inserted.number(run.epoch).number(run.wasClaimed() ? (Long) now : null);
        inserted.number(now).number(run.ran ? (Long) now : null);
        progress(inserted, run);
        turn(inserted, run);
        inserted.end();
    }

    private static void progress(Lines lines, RunState run) throws SQLException {
        RunRow row = run.row;
        lines.text(row.waiting() == null ? null : row.waiting().name());
        lines.number(Millis.orNull(row.wakeAt())).number(run.lastSeq);
        lines.flag(row.cancelRequested()).flag(row.pauseRequested());
        lines.number(row.recoveries()).flag(run.woken && !run.isTerminal());
    }

    private void turn(Lines lines, RunState run) throws SQLException {
        lines.text(run.row.status().name()).number(run.readyAt).text(run.node);
        lines.number(run.isTerminal() ? (Long) now : null);
    }
}
