package dev.agentrunner.jdbc.crash;

import dev.agentrunner.jdbc.crash.Evidence.Event;
import dev.agentrunner.jdbc.crash.Evidence.Run;
import dev.agentrunner.jdbc.crash.Evidence.Step;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * A second reading of the event catalogue, small and written without looking at the engine's: folds the events of one
 * run, and notes every event that could not stand where it stands.
 */
final class Fold {

    private static final Set<String> STEP_ENDS =
            Set.of("STEP_COMPLETED", "STEP_FAILED", "STEP_CANCELED", "STEP_SKIPPED");
    private static final Set<String> TENURES = Set.of("RUN_STARTED", "RUN_RECOVERED", "RUN_WOKEN");

    private final String run;
    private final Findings findings;

    String status = "NONE";

    @Nullable String waiting;

    @Nullable String node;

    long epoch;
    int recoveries;
    boolean cancelRequested;
    boolean pauseRequested;
    long lastSeq;
    private long lastId;
    private boolean terminal;
    final Map<String, Step> steps = new LinkedHashMap<>();

    private Fold(String run, Findings findings) {
        this.run = run;
        this.findings = findings;
    }

    static Fold of(Run run, Findings findings) {
        Fold fold = new Fold(run.id(), findings);
        run.events().forEach(fold::take);
        return fold;
    }

    private void take(Event event) {
        expect(event.seq() == lastSeq + 1, "INV-4 seq is 1..n without gaps", event, "after seq", lastSeq);
        expect(event.id() > lastId, "INV-4 id grows with seq", event, "after id", lastId);
        expect(!terminal, "INV-1 nothing follows the terminal event", event);
        expect((lastSeq == 0) == event.type().equals("RUN_QUEUED"), "INV-1 a run is queued first, and once", event);
        lastSeq = event.seq();
        lastId = event.id();
        String worker = event.worker();
        if (TENURES.contains(event.type())) {
            expect(event.text("node").equals(worker), "INV-6 a node speaks for itself", event);
            takeTenure(event);
        } else if (worker != null && !event.type().equals("RUN_QUEUED")) {
            expect(worker.equals(node), "INV-6 only the owner writes", event, "while the owner is", node);
            expect(waiting == null, "INV-6 nobody executes a run that waits", event, "during", waiting);
        }
        if (event.type().startsWith("STEP_")) {
            takeStep(event);
        } else {
            takeRun(event);
        }
    }

    private void takeTenure(Event event) {
        long next = event.payload().path("epoch").asLong();
        expect(next > epoch, "INV-6 epochs only grow", event, "after epoch", epoch);
        switch (event.type()) {
            case "RUN_STARTED" -> {
                expect(status.equals("QUEUED"), "INV-1 a run starts once", event, "when", status);
                status = "RUNNING";
            }
            case "RUN_RECOVERED" -> {
                expect(status.equals("RUNNING") && waiting == null, "INV-7 only an executed run is recovered", event);
                expect(event.text("previous_node").equals(node), "INV-6 recovered from its owner", event, "not", node);
                int next1 = event.payload().path("recoveries").asInt();
                expect(next1 == recoveries + 1, "INV-7 recoveries are counted", event, "after", recoveries);
                recoveries = next1;
            }
            default -> expect(waiting != null, "INV-1 only a waiting run wakes", event);
        }
        epoch = next;
        node = event.text("node");
        waiting = null;
    }

    private void takeRun(Event event) {
        switch (event.type()) {
            case "RUN_QUEUED" -> status = "QUEUED";
            case "RUN_SUSPENDED" -> {
                expect(status.equals("RUNNING") && waiting == null, "INV-1 only an executed run suspends", event);
                waiting = event.text("waiting");
            }
            case "RUN_PAUSE_REQUESTED" -> pauseRequested = true;
            case "RUN_UNPAUSED" -> pauseRequested = false;
            case "RUN_CANCEL_REQUESTED" -> cancelRequested = true;
            case "RUN_COMPLETED", "RUN_FAILED", "RUN_CANCELED" -> {
                String next = event.type().substring("RUN_".length());
                expect(
                        status.equals("RUNNING") || (status.equals("QUEUED") && next.equals("CANCELED")),
                        "INV-1 the status only moves forward",
                        event,
                        "after",
                        status);
                status = next;
                terminal = true;
                waiting = null;
            }
            default -> {
                // A note changes nothing.
            }
        }
    }

    private void takeStep(Event event) {
        String id = String.valueOf(event.step());
        Step before = steps.get(id);
        boolean begins = event.type().equals("STEP_STARTED") || event.type().equals("STEP_SKIPPED");
        expect(before != null || begins, "INV-2 a step begins before it goes on", event);
        if (before == null) {
            before = new Step(event.text("name"), event.text("kind"), "PENDING", 0, event.seq(), 0);
        }
        expect(
                before.status().equals("PENDING") || before.status().equals("RUNNING"),
                "INV-2 a finished step is never touched again",
                event,
                "after",
                before.status());
        String next = "RUNNING";
        int attempts = before.attempts();
        if (event.type().equals("STEP_STARTED")) {
            attempts++;
            expect(event.payload().path("attempt").asInt() == attempts, "INV-2 attempts grow by one", event);
        } else if (event.type().equals("STEP_ATTEMPT_FAILED")) {
            expect(event.payload().path("attempt").asInt() == attempts, "INV-2 the last attempt fails", event);
        } else {
            expect(STEP_ENDS.contains(event.type()), "an event of the catalogue", event);
            next = event.type().substring("STEP_".length());
        }
        long outcome = next.equals("RUNNING") ? 0 : event.seq();
        steps.put(id, new Step(before.name(), before.kind(), next, attempts, before.startedSeq(), outcome));
    }

    boolean isTerminal() {
        return terminal;
    }

    private void expect(boolean holds, String invariant, Object event, Object... more) {
        if (!holds) {
            findings.expect(false, invariant, "run", run, event, java.util.Arrays.toString(more));
        }
    }
}
