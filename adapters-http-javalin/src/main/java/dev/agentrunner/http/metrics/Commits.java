package dev.agentrunner.http.metrics;

import com.fasterxml.jackson.databind.JsonNode;
import dev.agentrunner.http.metrics.KnownRuns.Known;
import dev.agentrunner.spi.log.AppendOutcome.Appended;
import dev.agentrunner.spi.log.Commit;
import dev.agentrunner.spi.log.Fence;
import dev.agentrunner.spi.log.Projection;
import dev.agentrunner.spi.log.Ready;
import dev.agentrunner.spi.model.Event;
import dev.agentrunner.spi.model.EventType;
import dev.agentrunner.spi.model.NewEvent;
import dev.agentrunner.spi.model.RunStatus;
import dev.agentrunner.spi.model.StepRow;
import dev.agentrunner.spi.queue.Claim;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** Counts what durable commits and claims say. Thread-safe. */
final class Commits {

    private final Meters meters;
    private final KnownRuns runs;

    Commits(Meters meters, KnownRuns runs) {
        this.meters = meters;
        this.runs = runs;
    }

    void count(Commit commit, Appended outcome) {
        meters.commit.record(commit.events().size());
        if (commit.fence() instanceof Fence.Create create) {
            String workflow = create.spec().workflow().name();
            runs.add(commit.run(), new Known(workflow, outcome.at()));
            meters.submitted.of(meters.workflows.of(workflow)).increment();
        }
        Known known = runs.get(commit.run());
        String workflow = meters.workflows.of(known == null ? Payloads.UNKNOWN : known.workflow());
        for (NewEvent event : commit.events()) {
            count(event, commit.projection(), workflow, known, outcome.at());
        }
        finish(commit, workflow, known, outcome.at());
    }

    /** The start of a run is no commit where it came with the claim. */
    void count(Claim claim, List<Event> log) {
        Known known = runs.get(claim.run());
        if (known != null) {
            log.stream()
                    .filter(event -> event.type().equals(EventType.RUN_STARTED)
                            && event.payload().tree().path("epoch").asLong() == claim.epoch())
                    .forEach(event -> started(known, event.createdAt()));
        }
    }

    private void started(Known known, Instant at) {
        meters.queued.of(meters.workflows.of(known.workflow())).record(Duration.between(known.queuedAt(), at));
    }

    private void finish(Commit commit, String workflow, @Nullable Known known, Instant at) {
        RunStatus status = commit.projection().run().status();
        if (status.isTerminal()) {
            meters.finished.of(workflow, status.name()).increment();
            if (known != null) {
                meters.run.of(workflow, status.name()).record(Duration.between(known.queuedAt(), at));
            }
        }
        boolean handsOver =
                commit.fence() instanceof Fence.Holding && !(commit.projection().ready() instanceof Ready.Held);
        if (status.isTerminal() || handsOver) {
            runs.forget(commit.run());
        }
    }

    private void count(NewEvent event, Projection rows, String workflow, @Nullable Known known, Instant at) {
        EventType type = event.type();
        if (type.equals(EventType.STEP_COMPLETED) || type.equals(EventType.STEP_FAILED)) {
            step(event, rows, workflow, type.equals(EventType.STEP_COMPLETED) ? "COMPLETED" : "FAILED");
        } else if (type.equals(EventType.STEP_ATTEMPT_FAILED)) {
            meters.retried.of(workflow).increment();
        } else if (type.equals(EventType.LLM_COMPLETED) || type.equals(EventType.LLM_FAILED)) {
            generation(event.payload().tree(), type.equals(EventType.LLM_COMPLETED) ? "COMPLETED" : "FAILED");
        } else if (type.equals(EventType.RUN_STARTED) && known != null) {
            started(known, at);
        } else if (type.equals(EventType.RUN_RECOVERED)) {
            meters.recovered.of(workflow).increment();
        }
    }

    private void step(NewEvent event, Projection rows, String workflow, String status) {
        long millis = Payloads.durationMs(event.payload());
        if (millis >= 0) {
            meters.step.of(workflow, kind(event, rows), status).record(Duration.ofMillis(millis));
        }
    }

    private String kind(NewEvent event, Projection rows) {
        for (StepRow row : rows.steps()) {
            if (row.id().equals(event.step())) {
                return meters.kinds.of(row.kind());
            }
        }
        return Payloads.UNKNOWN;
    }

    private void generation(JsonNode payload, String outcome) {
        String name = payload.path("provider").asText(Payloads.UNKNOWN) + "/"
                + payload.path("model").asText(Payloads.UNKNOWN);
        String model = meters.models.of(name);
        meters.model
                .of(model, outcome)
                .record(Duration.ofMillis(
                        Math.max(0, payload.path("duration_ms").asLong())));
        JsonNode usage = payload.path("usage");
        if (usage.isObject()) {
            tokens(model, "input", usage.path("input_tokens").asDouble());
            tokens(model, "output", usage.path("output_tokens").asDouble());
        }
        if (payload.path("cost_usd").isNumber()) {
            meters.cost.of(model).increment(payload.path("cost_usd").asDouble());
        }
    }

    private void tokens(String model, String direction, double count) {
        meters.tokens.of(model, direction).increment(count);
    }
}
