package dev.agentrunner.jdbc.crash;

import dev.agentrunner.jdbc.crash.Evidence.Event;
import dev.agentrunner.jdbc.crash.Evidence.Run;
import dev.agentrunner.jdbc.crash.Evidence.Step;
import dev.agentrunner.jdbc.crash.Ledger.Line;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;

/**
 * Compares what was recorded with what was done.
 *
 * <p>A process that is frozen, or starved, may lose a run without knowing it; nothing can stop it from beginning the body
 * that it was about to begin. Such a <em>straggler</em> is allowed once for each time that a process lost a run, and for
 * each branch of that run; all else that a process does to a run must be done while it holds it.
 */
final class LedgerAudit {

    /** Databases round moments to milliseconds, in either direction. */
    private static final long ROUNDING = 2;

    private static final Set<String> TENURES = Set.of("RUN_STARTED", "RUN_RECOVERED", "RUN_WOKEN");

    /** From when until when a process held a run. */
    private record Tenure(long pid, long from, long to) {

        boolean covers(Line line) {
            return line.pid() == pid && line.at() >= from - ROUNDING && line.at() <= to + ROUNDING;
        }
    }

    private final Findings findings = new Findings();

    /** Bodies that a process began after it had lost the run. */
    private int stragglers;

    private int repeated;
    private int cutShort;

    static LedgerAudit of(Evidence evidence, List<Line> ledger) {
        LedgerAudit audit = new LedgerAudit();
        Map<String, List<Line>> byRun = new HashMap<>();
        for (Line each : ledger) {
            byRun.computeIfAbsent(each.run(), key -> new ArrayList<>()).add(each);
        }
        byRun.forEach((id, lines) -> audit.findings.expect(
                evidence.runs().containsKey(id), "INV-7 what was done belongs to a durable run", id, lines.get(0)));
        for (Run run : evidence.runs().values()) {
            audit.check(run, byRun.getOrDefault(run.id(), List.of()));
        }
        return audit;
    }

    Findings findings() {
        return findings;
    }

    /** Bodies that were begun again because nothing was recorded of the time before. */
    int repeated() {
        return repeated;
    }

    /** Bodies that neither returned nor threw: their process died in the middle of them. */
    int cutShort() {
        return cutShort;
    }

    @Override
    public String toString() {
        return cutShort + " bodies cut short, " + repeated + " repeated, " + stragglers + " stragglers";
    }

    private void check(Run run, List<Line> lines) {
        List<Line> begins = lines.stream().filter(Line::begins).toList();
        List<Tenure> tenures = tenures(run);
        List<Line> regular = regular(run, begins, tenures);
        for (Event event : run.events()) {
            if (event.type().equals("STEP_COMPLETED") && isBody(run, event.step())) {
                completed(run, event, lines, regular);
            } else if (event.type().equals("STEP_STARTED")
                    && event.payload().path("at_most_once").asBoolean()) {
                atMostOnce(run, event, begins);
            }
        }
        noWayBack(run, regular);
        cutShort += 2 * begins.size() - lines.size();
        repeated += begins.size()
                - (int) begins.stream()
                        .map(line -> line.step() + line.attempt())
                        .distinct()
                        .count();
    }

    private static boolean isBody(Run run, String step) {
        Step row = run.steps().get(step);
        return row != null && row.kind().equals("step");
    }

    private static List<Tenure> tenures(Run run) {
        List<Tenure> tenures = new ArrayList<>();
        for (Event event : run.events()) {
            if (TENURES.contains(event.type())) {
                close(tenures, event.at());
                String node = event.text("node");
                long pid = Long.parseLong(node.substring(0, node.indexOf('-')));
                tenures.add(new Tenure(pid, event.at(), Long.MAX_VALUE - ROUNDING));
            } else if (event.type().equals("RUN_SUSPENDED")) {
                close(tenures, event.at());
            }
        }
        return tenures;
    }

    private static void close(List<Tenure> tenures, long at) {
        if (!tenures.isEmpty()) {
            int last = tenures.size() - 1;
            Tenure open = tenures.get(last);
            tenures.set(last, new Tenure(open.pid(), open.from(), Math.min(open.to(), at)));
        }
    }

    /** The lines of those who held the run; the others must be excusable. */
    private List<Line> regular(Run run, List<Line> begins, List<Tenure> tenures) {
        List<Line> regular = new ArrayList<>();
        Map<String, Line> excused = new HashMap<>();
        for (Line line : begins) {
            if (tenures.stream().anyMatch(each -> each.covers(line))) {
                regular.add(line);
                continue;
            }
            stragglers++;
            long lost = tenures.stream()
                    .filter(each -> each.pid() == line.pid() && each.to() < line.at())
                    .count();
            findings.expect(lost > 0, "INV-6 who begins a body holds the run, or held it", run.id(), line);
            Line before = excused.put(line.pid() + " " + lost + " " + branch(line.step()), line);
            findings.expect(before == null, "INV-6 who lost a run stops", run.id(), before, "and then", line);
        }
        return regular;
    }

    private void completed(Run run, Event event, List<Line> lines, List<Line> regular) {
        List<Line> own =
                lines.stream().filter(each -> each.step().equals(event.step())).toList();
        findings.expect(
                own.stream().anyMatch(each -> each.mark() == Ledger.Mark.END && each.at() <= event.at() + ROUNDING),
                "INV-7 what is recorded was done before",
                run.id(),
                event);
        for (Line line : regular) {
            findings.expect(
                    !line.step().equals(event.step()) || line.at() <= event.at() + ROUNDING,
                    "INV-2 a completed step is never executed again",
                    run.id(),
                    line,
                    event);
        }
    }

    private void atMostOnce(Run run, Event started, List<Line> begins) {
        long allowed = run.events().stream()
                .filter(each ->
                        each.type().equals("STEP_STARTED") && started.step().equals(each.step()))
                .count();
        List<Line> done = begins.stream()
                .filter(each -> each.step().equals(started.step()))
                .toList();
        // Each start but the first was approved by a signal, which the next line checks.
        findings.expect(done.size() <= allowed, "INV-8 at most once", run.id(), started, done);
        findings.expect(
                started.payload().path("attempt").asInt() == 1
                        || started.payload().path("signal_seq").isNumber(),
                "INV-8 executed again only with approval",
                run.id(),
                started);
        findings.expect(
                done.stream().map(Line::attempt).distinct().count() == done.size(),
                "INV-8 each start executes the body once",
                run.id(),
                done);
    }

    /** Within a branch, no body of an earlier step begins after one of a later step. */
    private void noWayBack(Run run, List<Line> regular) {
        Map<String, Line> furthest = new HashMap<>();
        for (Line line : regular) {
            Step step = run.steps().get(line.step());
            if (step == null) {
                findings.expect(
                        !run.row().status().equals("COMPLETED"),
                        "INV-7 what a completed run did is recorded",
                        run.id(),
                        line);
                continue;
            }
            Line before = furthest.get(branch(line.step()));
            Step reached = before == null ? null : run.steps().get(before.step());
            findings.expect(
                    reached == null || before.at() == line.at() || step.startedSeq() >= reached.startedSeq(),
                    "INV-7 a result is durable before the next step",
                    run.id(),
                    line,
                    "after",
                    before);
            if (reached == null || step.startedSeq() > reached.startedSeq()) {
                furthest.put(branch(line.step()), line);
            }
        }
    }

    private static String branch(String step) {
        int slash = step.lastIndexOf('/');
        return slash < 0 ? "" : step.substring(0, slash);
    }
}
