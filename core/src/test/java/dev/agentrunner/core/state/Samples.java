package dev.agentrunner.core.state;

import dev.agentrunner.spi.llm.Usage;
import dev.agentrunner.spi.model.Actor;
import dev.agentrunner.spi.model.ArtifactId;
import dev.agentrunner.spi.model.ArtifactRow;
import dev.agentrunner.spi.model.Blob;
import dev.agentrunner.spi.model.Event;
import dev.agentrunner.spi.model.EventType;
import dev.agentrunner.spi.model.Failure;
import dev.agentrunner.spi.model.Json;
import dev.agentrunner.spi.model.Lineage;
import dev.agentrunner.spi.model.NewEvent;
import dev.agentrunner.spi.model.NodeId;
import dev.agentrunner.spi.model.QueueSlot;
import dev.agentrunner.spi.model.RunId;
import dev.agentrunner.spi.model.RunSpec;
import dev.agentrunner.spi.model.StepId;
import dev.agentrunner.spi.model.Waiting;
import dev.agentrunner.spi.model.WorkflowRef;
import java.math.BigDecimal;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Set;

/** Plain values for examples, and one fact of every type with all its fields. */
final class Samples {

    static final Instant T1 = Instant.parse("2026-01-01T00:00:00Z");
    static final Instant T2 = Instant.parse("2026-01-02T00:00:00.000000001Z");
    static final NodeId N1 = new NodeId("n1");
    static final NodeId N2 = new NodeId("n2");
    static final StepId A = new StepId("a");
    static final StepId B = new StepId("b");
    static final RunId RUN = RunId.parse("01890000-0000-7000-8000-000000000001");
    static final RunId OTHER = RunId.parse("01890000-0000-7000-8000-000000000002");
    static final Failure BROKEN = new Failure("timeout", "took too long", true, "at a.B.c");
    static final Blob BLOB = new Blob(70_000, "ab".repeat(32), "file:ab");
    static final Value ONE = Value.inline(new Json("1"));
    static final Value TWO = Value.inline(new Json("2"));
    static final EventType CUSTOM = new EventType("x.told");

    static final Note LOG = new Note.Log(A, "INFO", "hello");
    static final LlmNote SPENT = new LlmNote.Completed(
            A, "ollama", "qwen3:8b", new Usage(100, 20), "stop", 1200, new BigDecimal("0.000123"));
    static final Note TOLD = new Note.Other(CUSTOM, A, new Json("{\"k\":1}"));
    static final Note MADE = new Note.ArtifactCreated(new ArtifactRow(
            ArtifactId.parse("01890000-0000-7000-8000-000000000003"), A, "out.md", "document", "text/plain", BLOB));

    static final Birth PLAIN = born(null);

    private Samples() {}

    static Birth born(Instant deadline) {
        RunSpec spec =
                new RunSpec(new WorkflowRef("greet", "1"), QueueSlot.DEFAULT, null, Map.of(), Lineage.NONE, null);
        return new Birth(spec, Json.EMPTY, 7, Terms.until(deadline), null);
    }

    static Birth full() {
        RunSpec spec = new RunSpec(
                new WorkflowRef("greet", "1"),
                new QueueSlot("slow", 5),
                "for Ada",
                Map.of("team", "red"),
                new Lineage(RUN, OTHER),
                "key-1");
        return new Birth(
                spec,
                new Json("{\"n\":1.10}"),
                -3,
                new Terms(T1, Map.of("draft", "ollama/other"), 2, new Terms.Definition("yaml", "name: x")),
                "draft");
    }

    /** One of every type, in the order of the catalogue. */
    static List<Fact> facts() {
        return List.of(
                new RunFact.Queued(full()),
                new RunFact.Started(N1, 2),
                new RunFact.Recovered(N2, 3, N1, 1),
                new RunFact.Suspended(Waiting.SIGNAL, T1, Set.of("go"), "why"),
                new RunFact.Woken(N1, 4, "signal"),
                new RunFact.PauseRequested("why"),
                new RunFact.Unpaused("why"),
                new RunFact.CancelRequested("why", true),
                new RunFact.Signaled("go", new Json("[1,2]"), "user:ada"),
                new RunFact.Completed(ONE),
                new RunFact.Failed(BROKEN),
                new RunFact.Canceled("why"),
                new StepFact.Started(A, "a", "await", 1, new StepPlan(true, "go", T1, OTHER), 9L),
                new StepFact.AttemptFailed(A, 1, BROKEN, T2),
                new StepFact.Completed(A, Value.stored(BLOB), 12, 9L),
                new StepFact.Failed(A, BROKEN, 12),
                new StepFact.Canceled(A, "why"),
                new StepFact.Skipped(A, "a", "step", "why"),
                new LlmNote.Started(A, "ollama", "qwen3:8b", 1, true),
                new LlmNote.Heartbeat(A, 15_000, "prompt", 3, 200),
                SPENT,
                new LlmNote.Failed(A, "ollama", "qwen3:8b", BROKEN, 12),
                MADE,
                LOG,
                new WorkspaceNote(
                        A, BLOB, 3, new WorkspaceNote.Paths(List.of("new"), List.of("old"), List.of("gone"), 1)),
                TOLD);
    }

    static StepFact.Started started(StepId step) {
        return new StepFact.Started(step, step.value(), "step", 1, StepPlan.BODY, null);
    }

    /** A history of these facts after RUN_QUEUED. */
    static RunHistory history(Fact... facts) {
        return history(PLAIN, facts);
    }

    static RunHistory history(Birth birth, Fact... facts) {
        RunHistory history = new RunHistory();
        history.apply(new RunFact.Queued(birth));
        for (Fact fact : facts) {
            history.apply(fact);
        }
        return history;
    }

    /** A history of these facts after a node has started the run with epoch 1. */
    static RunHistory running(Fact... facts) {
        RunHistory history = history(new RunFact.Started(N1, 1));
        for (Fact fact : facts) {
            history.apply(fact);
        }
        return history;
    }

    static Event event(long seq, Fact fact) {
        return event(seq, FactCodec.encode(fact, Actor.SYSTEM));
    }

    static Event event(long seq, NewEvent fact) {
        return new Event(100 + seq, RUN, seq, fact, T1);
    }
}
