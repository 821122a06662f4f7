package dev.agentrunner.core.state;

import static dev.agentrunner.core.state.FactFormat.run;
import static dev.agentrunner.core.state.FactFormat.step;

import dev.agentrunner.spi.model.ArtifactId;
import dev.agentrunner.spi.model.ArtifactRow;
import dev.agentrunner.spi.model.EventType;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** The payloads of step events and of notes. */
final class StepFormats {

    static final List<FactFormat<?>> ALL = List.of(
            step(
                    EventType.STEP_STARTED,
                    StepFact.Started.class,
                    StepFormats::writeStarted,
                    (step, in) -> new StepFact.Started(
                            step, in.text("name"), in.text("kind"), in.count("attempt"), readPlan(in), signal(in))),
            step(
                    EventType.STEP_ATTEMPT_FAILED,
                    StepFact.AttemptFailed.class,
                    (fact, out) -> out.put("attempt", fact.attempt())
                            .failure(fact.failure())
                            .time("retry_at", fact.retryAt()),
                    (step, in) ->
                            new StepFact.AttemptFailed(step, in.count("attempt"), in.failure(), in.time("retry_at"))),
            step(
                    EventType.STEP_COMPLETED,
                    StepFact.Completed.class,
                    (fact, out) -> out.value("result", fact.result())
                            .put("duration_ms", fact.durationMs())
                            .put("signal_seq", fact.signalSeq()),
                    (step, in) ->
                            new StepFact.Completed(step, in.value("result"), in.number("duration_ms"), signal(in))),
            step(
                    EventType.STEP_FAILED,
                    StepFact.Failed.class,
                    (fact, out) -> out.failure(fact.failure()).put("duration_ms", fact.durationMs()),
                    (step, in) -> new StepFact.Failed(step, in.failure(), in.number("duration_ms"))),
            step(
                    EventType.STEP_CANCELED,
                    StepFact.Canceled.class,
                    (fact, out) -> out.put("reason", fact.reason()),
                    (step, in) -> new StepFact.Canceled(step, in.optional("reason"))),
            step(
                    EventType.STEP_SKIPPED,
                    StepFact.Skipped.class,
                    (fact, out) -> out.put("name", fact.name())
                            .put("kind", fact.kind())
                            .put("reason", fact.reason()),
                    (step, in) -> new StepFact.Skipped(step, in.text("name"), in.text("kind"), in.optional("reason"))),
            run(
                    EventType.ARTIFACT_CREATED,
                    Note.ArtifactCreated.class,
                    (fact, out) -> writeArtifact(fact.artifact(), out),
                    (step, in) -> new Note.ArtifactCreated(new ArtifactRow(
                            ArtifactId.parse(in.text("id")),
                            step,
                            in.text("name"),
                            in.text("kind"),
                            in.text("media_type"),
                            in.blob()))),
            run(
                    EventType.LOG,
                    Note.Log.class,
                    (fact, out) -> out.put("level", fact.level()).put("message", fact.message()),
                    (step, in) -> new Note.Log(step, in.text("level"), in.text("message"))));

    private StepFormats() {}

    private static @Nullable Long signal(FieldsIn in) {
        return in.has("signal_seq") ? in.number("signal_seq") : null;
    }

    private static void writeStarted(StepFact.Started fact, FieldsOut out) {
        StepPlan plan = fact.plan();
        out.put("name", fact.name())
                .put("kind", fact.kind())
                .put("attempt", fact.attempt())
                .flag("at_most_once", plan.atMostOnce())
                .put("signal", plan.signal())
                .time("wake_at", plan.wakeAt())
                .put("child_run_id", plan.child())
                .put("signal_seq", fact.signalSeq());
    }

    private static StepPlan readPlan(FieldsIn in) {
        return new StepPlan(in.flag("at_most_once"), in.optional("signal"), in.time("wake_at"), in.run("child_run_id"));
    }

    private static void writeArtifact(ArtifactRow artifact, FieldsOut out) {
        out.put("id", artifact.id())
                .put("name", artifact.name())
                .put("kind", artifact.kind())
                .put("media_type", artifact.mediaType())
                .blob(artifact.blob());
    }
}
