package dev.agentrunner.jdbc.crash;

import com.fasterxml.jackson.databind.JsonNode;
import dev.agentrunner.jdbc.crash.Evidence.Event;
import dev.agentrunner.jdbc.crash.Evidence.Run;
import java.nio.charset.StandardCharsets;
import java.sql.Connection;
import java.sql.SQLException;
import java.util.List;

/** Checks that every run has ended, and as an uninterrupted one would have. */
final class OutcomeAudit {

    private OutcomeAudit() {}

    static Findings of(Evidence evidence, Connection connection, Reference reference) throws SQLException {
        Findings findings = new Findings();
        for (Run run : evidence.runs().values()) {
            int n = run.events().get(0).payload().path("input").asInt();
            Reference.Ending expected = reference.of(run.details().workflow(), n);
            if (run.row().status().equals("CANCELED")) {
                findings.expect(run.row().cancelRequested(), "INV-9 canceled because somebody asked", run.id());
                continue;
            }
            findings.expect(
                    run.row().status().equals(expected.status()),
                    "INV-7 the outcome of an uninterrupted run",
                    run.id(),
                    run.details(),
                    run.row(),
                    run.events().get(run.events().size() - 1),
                    "instead of",
                    expected.status());
            if (expected.status().equals("COMPLETED") && run.row().status().equals("COMPLETED")) {
                String output = output(run, connection);
                String wanted = wasInterrupted(run)
                        ? expected.output().replace("charge=charged", "charge=" + Workloads.INTERRUPTED)
                        : expected.output();
                findings.expect(output.equals(wanted), "INV-7 the same output", run.id(), output, "not", wanted);
            }
            findings.expect(
                    artifacts(run).equals(expected.artifacts()),
                    "INV-10 the same artifacts",
                    run.id(),
                    artifacts(run),
                    "not",
                    expected.artifacts());
        }
        return findings;
    }

    /** Whether a step that must not run twice was cut short, which is the one thing that shows in an output. */
    private static boolean wasInterrupted(Run run) {
        return run.events().stream()
                .anyMatch(each -> each.type().equals("STEP_FAILED")
                        && each.payload().path("failure").path("kind").asText().equals(Workloads.INTERRUPTED));
    }

    private static String output(Run run, Connection connection) throws SQLException {
        Event last = run.last("RUN_COMPLETED").orElseThrow();
        JsonNode reference = last.payload().path("output_ref");
        if (reference.isMissingNode()) {
            return last.payload().path("output").toString();
        }
        byte[] bytes = Evidence.bytes(connection, reference.path("sha256").asText());
        return bytes == null ? "gone" : new String(bytes, StandardCharsets.UTF_8);
    }

    private static List<String> artifacts(Run run) {
        return run.artifacts().stream()
                .map(each -> each.name() + " " + each.sha256())
                .sorted()
                .toList();
    }
}
