package dev.agentrunner.core.state;

import dev.agentrunner.spi.model.ArtifactId;
import dev.agentrunner.spi.model.ArtifactRow;
import dev.agentrunner.spi.model.Blob;
import dev.agentrunner.spi.model.EventType;
import dev.agentrunner.spi.model.Failure;
import dev.agentrunner.spi.model.Json;
import dev.agentrunner.spi.model.Lineage;
import dev.agentrunner.spi.model.NodeId;
import dev.agentrunner.spi.model.QueueSlot;
import dev.agentrunner.spi.model.RunId;
import dev.agentrunner.spi.model.RunSpec;
import dev.agentrunner.spi.model.StepId;
import dev.agentrunner.spi.model.Waiting;
import dev.agentrunner.spi.model.WorkflowRef;
import java.time.Instant;
import java.util.List;
import net.jqwik.api.Arbitraries;
import net.jqwik.api.Arbitrary;
import net.jqwik.api.Combinators;
import net.jqwik.time.api.DateTimes;

/** Facts of every type with the worst texts, numbers and JSON values that they may hold. */
final class HostileFacts {

    /** Texts that stores keep as they are. */
    private static final Arbitrary<String> STORABLE = Arbitraries.oneOf(
            Arbitraries.of(
                    "\"",
                    "\\",
                    "a\"b\\c",
                    "\n\r\t",
                    "</script>",
                    "😀",
                    "\u2028",
                    "\u001f",
                    "{\"a\":1}",
                    "x".repeat(10_240)),
            Arbitraries.strings().ascii().ofMaxLength(20).filter(text -> text.indexOf(0) < 0));

    /** Any text at all. */
    private static final Arbitrary<String> TEXT = Arbitraries.oneOf(
            STORABLE,
            Arbitraries.of(
                    "", "\0", "a\0b", "\ud83d", "\ude00", "\ude00\ud83d", "😀\ud83d", "\\u0000", "😀".repeat(5_000)),
            Arbitraries.strings().all().ofMaxLength(20));

    /** Texts that identify something: short, not blank, storable. */
    private static final Arbitrary<String> NAME =
            STORABLE.filter(text -> !text.isBlank()).map(text -> text.substring(0, Math.min(text.length(), 90)));

    static final List<String> JSONS = List.of(
            "1.10",
            "1e400",
            "-0.0",
            "1180591620717411303424",
            "0.1E-7",
            "9".repeat(1_200),
            "null",
            "\"\\ud83d\"",
            "\"\ud83d\"",
            "\"\0\"",
            "{ \"a\" : [ 1 , 2.50 ] , \"a\":null}",
            "\"" + "\\n".repeat(5_000) + "\"",
            "[".repeat(1_500) + "]".repeat(1_500),
            "{\"input\":\"}\",\"output_ref\":{\"size\":1}}",
            "[]",
            "true");

    private static final Arbitrary<Json> JSON = Arbitraries.of(JSONS).map(Json::new);
    private static final Arbitrary<Instant> TIME = Arbitraries.oneOf(
            Arbitraries.of(Instant.MIN, Instant.MAX, Instant.EPOCH, Samples.T2), DateTimes.instants());
    private static final Arbitrary<Long> LONG = Arbitraries.longs();
    private static final Arbitrary<Integer> INT = Arbitraries.integers();
    private static final Arbitrary<NodeId> NODE = NAME.map(NodeId::new);
    private static final Arbitrary<StepId> STEP = NAME.map(StepId::new);
    private static final Arbitrary<RunId> RUN = Arbitraries.of(Samples.RUN, Samples.OTHER);
    private static final Arbitrary<Failure> FAILURE = Combinators.combine(
                    TEXT, TEXT, Arbitraries.of(true, false), TEXT.injectNull(0.3))
            .as(Failure::new);
    private static final Arbitrary<Blob> BLOB = Combinators.combine(LONG.filter(size -> size >= 0), STORABLE)
            .as((size, uri) -> new Blob(size, "0f".repeat(32), uri));
    private static final Arbitrary<Value> VALUE = Arbitraries.oneOf(JSON.map(Value::inline), BLOB.map(Value::stored));

    private HostileFacts() {}

    static Arbitrary<Fact> all() {
        return Arbitraries.oneOf(runs(), endings(), attempts(), outcomes(), notes())
                .withoutEdgeCases();
    }

    private static Arbitrary<Fact> runs() {
        return Arbitraries.oneOf(
                birth().map(RunFact.Queued::new),
                Combinators.combine(NODE, LONG).as(RunFact.Started::new),
                Combinators.combine(NODE, LONG, NODE.injectNull(0.3), INT).as(RunFact.Recovered::new),
                Combinators.combine(
                                Arbitraries.of(Waiting.class),
                                TIME.injectNull(0.3),
                                TEXT.set().ofMaxSize(3),
                                TEXT.injectNull(0.3))
                        .as(RunFact.Suspended::new),
                Combinators.combine(NODE, LONG, TEXT).as(RunFact.Woken::new),
                TEXT.injectNull(0.3).map(RunFact.PauseRequested::new),
                TEXT.injectNull(0.3).map(RunFact.Unpaused::new),
                Combinators.combine(TEXT.injectNull(0.3), Arbitraries.of(true, false))
                        .as(RunFact.CancelRequested::new),
                Combinators.combine(TEXT, JSON, TEXT.injectNull(0.3)).as(RunFact.Signaled::new));
    }

    private static Arbitrary<Fact> endings() {
        return Arbitraries.oneOf(
                VALUE.map(RunFact.Completed::new),
                FAILURE.map(RunFact.Failed::new),
                TEXT.injectNull(0.3).map(RunFact.Canceled::new));
    }

    private static Arbitrary<Birth> birth() {
        Arbitrary<RunSpec> spec = Combinators.combine(
                        Combinators.combine(NAME, NAME).as(WorkflowRef::new),
                        Combinators.combine(NAME, INT).as(QueueSlot::new),
                        STORABLE.injectNull(0.3),
                        Arbitraries.maps(STORABLE, STORABLE).ofMaxSize(3),
                        Combinators.combine(RUN.injectNull(0.5), RUN.injectNull(0.5))
                                .as(Lineage::new),
                        NAME.injectNull(0.3))
                .as(RunSpec::new);
        Arbitrary<Terms> terms = Combinators.combine(
                        TIME.injectNull(0.3),
                        Arbitraries.maps(NAME, TEXT).ofMaxSize(2),
                        Arbitraries.integers().between(0, 16),
                        Combinators.combine(TEXT, TEXT)
                                .as(Terms.Definition::new)
                                .injectNull(0.5))
                .as(Terms::new);
        return Combinators.combine(spec, JSON, LONG, terms, TEXT.injectNull(0.3))
                .as(Birth::new);
    }

    private static Arbitrary<Fact> attempts() {
        Arbitrary<StepPlan> plan = Combinators.combine(
                        Arbitraries.of(true, false), TEXT.injectNull(0.5), TIME.injectNull(0.5), RUN.injectNull(0.5))
                .as(StepPlan::new);
        return Arbitraries.oneOf(
                Combinators.combine(STEP, TEXT, TEXT, INT, plan, LONG.injectNull(0.5))
                        .as(StepFact.Started::new),
                Combinators.combine(STEP, INT, FAILURE, TIME.injectNull(0.5)).as(StepFact.AttemptFailed::new));
    }

    private static Arbitrary<Fact> outcomes() {
        return Arbitraries.oneOf(
                Combinators.combine(STEP, VALUE, LONG, LONG.injectNull(0.5)).as(StepFact.Completed::new),
                Combinators.combine(STEP, FAILURE, LONG).as(StepFact.Failed::new),
                Combinators.combine(STEP, TEXT.injectNull(0.5)).as(StepFact.Canceled::new),
                Combinators.combine(STEP, TEXT, TEXT, TEXT.injectNull(0.5)).as(StepFact.Skipped::new));
    }

    private static Arbitrary<Fact> notes() {
        ArtifactId id = ArtifactId.parse("01890000-0000-7000-8000-000000000009");
        return Arbitraries.oneOf(
                Combinators.combine(STEP.injectNull(0.5), STORABLE, STORABLE, STORABLE, BLOB)
                        .as((step, name, kind, type, blob) ->
                                new Note.ArtifactCreated(new ArtifactRow(id, step, name, kind, type, blob))),
                Combinators.combine(STEP.injectNull(0.5), TEXT, TEXT).as(Note.Log::new),
                Combinators.combine(STEP, BLOB, Arbitraries.integers(), changed())
                        .as(WorkspaceNote::new),
                Combinators.combine(STEP.injectNull(0.5), JSON)
                        .as((step, payload) -> new Note.Other(new EventType("x.any"), step, payload)));
    }

    private static Arbitrary<WorkspaceNote.Paths> changed() {
        Arbitrary<List<String>> paths = TEXT.list().uniqueElements().ofMaxSize(3);
        return Combinators.combine(paths, paths, paths, Arbitraries.integers()).as(WorkspaceNote.Paths::new);
    }
}
