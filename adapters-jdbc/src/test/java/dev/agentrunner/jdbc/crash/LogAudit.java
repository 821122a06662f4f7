package dev.agentrunner.jdbc.crash;

import com.fasterxml.jackson.databind.JsonNode;
import dev.agentrunner.jdbc.crash.Evidence.Artifact;
import dev.agentrunner.jdbc.crash.Evidence.Event;
import dev.agentrunner.jdbc.crash.Evidence.Row;
import dev.agentrunner.jdbc.crash.Evidence.Run;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.sql.Connection;
import java.sql.SQLException;
import java.util.HashMap;
import java.util.HashSet;
import java.util.HexFormat;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Set;

/** Checks the invariants that tables alone can show, whatever moment they were read at. */
final class LogAudit {

    private final Evidence evidence;
    private final Findings findings;
    private final Set<String> intact = new HashSet<>();

    private LogAudit(Evidence evidence, Findings findings) {
        this.evidence = evidence;
        this.findings = findings;
    }

    /** Checks everything, reading bytes of artifacts by this connection. */
    static Findings of(Evidence evidence, Connection connection) throws SQLException {
        Findings findings = new Findings();
        new LogAudit(evidence, findings).all(connection);
        return findings;
    }

    static void requireIntact(Target target, Evidence evidence, String circumstances) throws SQLException {
        try (Connection connection = target.connect()) {
            of(evidence, connection).requireNone(circumstances);
        }
    }

    private void all(Connection connection) throws SQLException {
        Map<String, String> keys = new HashMap<>();
        for (Run run : evidence.runs().values()) {
            Fold fold = Fold.of(run, findings);
            compare(run, fold);
            artifacts(run, connection);
            children(run);
            String key = run.details().key();
            if (key != null) {
                String other = keys.put(key, run.id());
                findings.expect(other == null, "INV-11 one run per idempotency key", key, run.id(), other);
            }
        }
    }

    private void compare(Run run, Fold fold) {
        Row row = run.row();
        same(run, "status", row.status(), fold.status);
        same(run, "waiting", row.waiting(), fold.waiting);
        same(run, "last_seq", row.lastSeq(), fold.lastSeq);
        same(run, "cancel_requested", row.cancelRequested(), fold.cancelRequested);
        same(run, "pause_requested", row.pauseRequested(), fold.pauseRequested);
        same(run, "recoveries", row.recoveries(), fold.recoveries);
        same(run, "steps", run.steps(), fold.steps);
        findings.expect(row.epoch() >= fold.epoch, "INV-6 the epoch never shrinks", run.id(), row, fold.epoch);
        findings.expect(row.node() == null || !row.ready(), "INV-6 a held run is not ready", run.id(), row);
        if (fold.isTerminal()) {
            findings.expect(row.node() == null && !row.ready(), "INV-6 a finished run is let go", run.id(), row);
            long ended = run.events().get(run.events().size() - 1).at();
            same(run, "finished_at", row.finishedAt(), ended);
            fold.steps.forEach((id, step) -> findings.expect(
                    !step.status().equals("RUNNING"), "INV-2 steps end with their run", run.id(), id, step));
        } else {
            same(run, "finished_at", row.finishedAt(), -1L);
        }
    }

    private void same(Run run, String what, Object stored, Object folded) {
        findings.expect(
                Objects.equals(stored, folded), "INV-5 " + what + " is the fold", run.id(), stored, "is not", folded);
    }

    private void artifacts(Run run, Connection connection) throws SQLException {
        List<Artifact> said = run.events().stream()
                .filter(each -> each.type().equals("ARTIFACT_CREATED"))
                .map(LogAudit::artifact)
                .toList();
        findings.expect(said.equals(run.artifacts()), "INV-5 artifacts are the fold", run.id(), run.artifacts(), said);
        for (Artifact each : run.artifacts()) {
            readable(run, each.sha256(), each.size(), connection);
        }
        for (Event event : run.events()) {
            for (String field : List.of("result_ref", "output_ref")) {
                JsonNode reference = event.payload().path(field);
                if (reference.isObject()) {
                    String sum = reference.path("sha256").asText();
                    readable(run, sum, reference.path("size").asLong(), connection);
                    findings.expect(
                            run.artifacts().stream().anyMatch(a -> a.sha256().equals(sum)),
                            "INV-10 a stored result is listed",
                            run.id(),
                            event);
                }
            }
        }
    }

    private static Artifact artifact(Event event) {
        return new Artifact(
                event.text("id"),
                event.step(),
                event.text("name"),
                event.payload().path("size").asLong(),
                event.text("sha256"));
    }

    private void readable(Run run, String sha256, long size, Connection connection) throws SQLException {
        if (intact.contains(sha256 + size)) {
            return;
        }
        byte[] bytes = Evidence.bytes(connection, sha256);
        boolean good = bytes != null && bytes.length == size && sum(bytes).equals(sha256);
        findings.expect(
                good, "INV-10 what is listed can be read", run.id(), sha256, bytes == null ? "gone" : bytes.length);
        if (good) {
            intact.add(sha256 + size);
        }
    }

    private static String sum(byte[] bytes) {
        try {
            return HexFormat.of().formatHex(MessageDigest.getInstance("SHA-256").digest(bytes));
        } catch (NoSuchAlgorithmException e) {
            throw new IllegalStateException(e);
        }
    }

    /** A call creates one child, and ends after it. */
    private void children(Run parent) {
        for (Event started : parent.events()) {
            String id = started.payload().path("child_run_id").asText();
            if (!started.type().equals("STEP_STARTED") || id.isEmpty()) {
                continue;
            }
            Run child = evidence.runs().get(id);
            long completed = parent.events().stream()
                    .filter(e -> e.type().equals("STEP_COMPLETED") && Objects.equals(e.step(), started.step()))
                    .mapToLong(Event::id)
                    .findAny()
                    .orElse(-1);
            if (completed >= 0) {
                findings.expect(
                        child != null
                                && child.last("RUN_COMPLETED")
                                        .filter(e -> e.id() < completed)
                                        .isPresent(),
                        "INV-7 a call completes after its child",
                        parent.id(),
                        started);
            }
        }
        String above = parent.details().parent();
        if (above != null) {
            Run owner = evidence.runs().get(above);
            findings.expect(
                    owner != null
                            && owner.events().stream()
                                    .anyMatch(e -> e.text("child_run_id").equals(parent.id())),
                    "INV-7 a child was planned by its parent",
                    parent.id(),
                    above);
        }
    }
}
