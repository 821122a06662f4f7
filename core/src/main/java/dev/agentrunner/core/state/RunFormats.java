package dev.agentrunner.core.state;

import static dev.agentrunner.core.state.FactFormat.run;

import dev.agentrunner.spi.model.EventType;
import dev.agentrunner.spi.model.Lineage;
import dev.agentrunner.spi.model.NodeId;
import dev.agentrunner.spi.model.QueueSlot;
import dev.agentrunner.spi.model.RunSpec;
import dev.agentrunner.spi.model.Waiting;
import dev.agentrunner.spi.model.WorkflowRef;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** The payloads of run events. */
final class RunFormats {

    static final List<FactFormat<?>> ALL = List.of(
            run(
                    EventType.RUN_QUEUED,
                    RunFact.Queued.class,
                    (fact, out) -> writeBirth(fact.birth(), out),
                    (step, in) -> new RunFact.Queued(readBirth(in))),
            run(
                    EventType.RUN_STARTED,
                    RunFact.Started.class,
                    (fact, out) -> out.put("node", fact.node()).put("epoch", fact.epoch()),
                    (step, in) -> new RunFact.Started(new NodeId(in.text("node")), in.number("epoch"))),
            run(
                    EventType.RUN_RECOVERED,
                    RunFact.Recovered.class,
                    (fact, out) -> out.put("node", fact.node())
                            .put("epoch", fact.epoch())
                            .put("previous_node", fact.previousNode())
                            .put("recoveries", fact.recoveries()),
                    (step, in) -> new RunFact.Recovered(
                            new NodeId(in.text("node")),
                            in.number("epoch"),
                            node(in.optional("previous_node")),
                            in.count("recoveries"))),
            run(
                    EventType.RUN_WOKEN,
                    RunFact.Woken.class,
                    (fact, out) -> out.put("node", fact.node())
                            .put("epoch", fact.epoch())
                            .put("cause", fact.cause()),
                    (step, in) -> new RunFact.Woken(new NodeId(in.text("node")), in.number("epoch"), in.text("cause"))),
            run(
                    EventType.RUN_SUSPENDED,
                    RunFact.Suspended.class,
                    (fact, out) -> out.put("waiting", fact.waiting())
                            .time("wake_at", fact.wakeAt())
                            .texts("signals", fact.signals())
                            .put("reason", fact.reason()),
                    (step, in) -> new RunFact.Suspended(
                            Waiting.valueOf(in.text("waiting")),
                            in.time("wake_at"),
                            in.set("signals"),
                            in.optional("reason"))),
            run(
                    EventType.RUN_PAUSE_REQUESTED,
                    RunFact.PauseRequested.class,
                    (fact, out) -> out.put("reason", fact.reason()),
                    (step, in) -> new RunFact.PauseRequested(in.optional("reason"))),
            run(
                    EventType.RUN_UNPAUSED,
                    RunFact.Unpaused.class,
                    (fact, out) -> out.put("reason", fact.reason()),
                    (step, in) -> new RunFact.Unpaused(in.optional("reason"))),
            run(
                    EventType.RUN_CANCEL_REQUESTED,
                    RunFact.CancelRequested.class,
                    (fact, out) -> out.put("reason", fact.reason()).flag("force", fact.force()),
                    (step, in) -> new RunFact.CancelRequested(in.optional("reason"), in.flag("force"))),
            run(
                    EventType.RUN_SIGNALED,
                    RunFact.Signaled.class,
                    (fact, out) -> out.put("name", fact.name())
                            .raw("payload", fact.payload())
                            .put("by", fact.by()),
                    (step, in) -> new RunFact.Signaled(in.text("name"), in.json("payload"), in.optional("by"))),
            run(
                    EventType.RUN_COMPLETED,
                    RunFact.Completed.class,
                    (fact, out) -> out.value("output", fact.output()),
                    (step, in) -> new RunFact.Completed(in.value("output"))),
            run(
                    EventType.RUN_FAILED,
                    RunFact.Failed.class,
                    (fact, out) -> out.failure(fact.failure()),
                    (step, in) -> new RunFact.Failed(in.failure())),
            run(
                    EventType.RUN_CANCELED,
                    RunFact.Canceled.class,
                    (fact, out) -> out.put("reason", fact.reason()),
                    (step, in) -> new RunFact.Canceled(in.optional("reason"))));

    private RunFormats() {}

    private static @Nullable NodeId node(@Nullable String text) {
        return text == null ? null : new NodeId(text);
    }

    private static void writeBirth(Birth birth, FieldsOut out) {
        RunSpec spec = birth.spec();
        out.put("workflow", spec.workflow().name())
                .put("version", spec.workflow().version())
                .put("name", spec.name())
                .raw("input", birth.input())
                .put("queue", spec.slot().queue())
                .put("priority", spec.slot().priority())
                .texts("labels", spec.labels())
                .put("parent_run_id", spec.lineage().parent())
                .put("forked_from", spec.lineage().forkedFrom())
                .put("fork_step", birth.forkStep())
                .put("idempotency_key", spec.idempotencyKey())
                .time("deadline", birth.terms().deadline())
                .put("seed", birth.seed());
        writeTerms(birth.terms(), out);
    }

    private static void writeTerms(Terms terms, FieldsOut out) {
        if (!terms.models().isEmpty()) {
            out.texts("models", terms.models());
        }
        if (terms.depth() > 0) {
            out.put("depth", terms.depth());
        }
        Terms.Definition definition = terms.definition();
        if (definition != null) {
            out.object(
                    "definition",
                    fields -> fields.put("format", definition.format()).put("text", definition.text()));
        }
    }

    private static Terms readTerms(FieldsIn in) {
        int depth = in.has("depth") ? in.count("depth") : 0;
        return new Terms(in.time("deadline"), in.map("models"), depth, definition(in));
    }

    private static Terms.@Nullable Definition definition(FieldsIn in) {
        if (!in.has("definition")) {
            return null;
        }
        FieldsIn definition = in.object("definition");
        return new Terms.Definition(definition.text("format"), definition.text("text"));
    }

    private static Birth readBirth(FieldsIn in) {
        RunSpec spec = new RunSpec(
                new WorkflowRef(in.text("workflow"), in.text("version")),
                new QueueSlot(in.text("queue"), in.count("priority")),
                in.optional("name"),
                in.map("labels"),
                new Lineage(in.run("parent_run_id"), in.run("forked_from")),
                in.optional("idempotency_key"));
        return new Birth(spec, in.json("input"), in.number("seed"), readTerms(in), in.optional("fork_step"));
    }
}
