package dev.agentrunner.http.view;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.agentrunner.spi.catalog.StepView;
import dev.agentrunner.spi.llm.Spending;
import dev.agentrunner.spi.model.Json;
import java.time.Duration;
import java.time.Instant;

/** Steps. */
public final class StepJson {

    private StepJson() {}

    public static ObjectNode of(StepView step) {
        ObjectNode json = Shown.object()
                .put("id", step.step().id().value())
                .put("run_id", step.run().toString())
                .put("name", step.step().name())
                .put("kind", step.step().kind())
                .put("status", step.step().status().name())
                .put("attempts", step.step().attempts());
        Json end = step.outcome();
        JsonNode outcome = end == null ? Shown.object() : Shown.tree(end);
        ValueJson.copy(outcome, "result", json);
        if (outcome.has("failure")) {
            json.set("failure", outcome.get("failure"));
        }
        if (outcome.has("reason")) {
            json.set("reason", outcome.get("reason"));
        }
        if (!step.usage().equals(Spending.NONE)) {
            json.set("usage", UsageJson.of(step.usage()));
        }
        Instant started = step.times().started();
        Instant finished = step.times().finished();
        Shown.put(json, "started_at", started);
        Shown.put(json, "finished_at", finished);
        if (outcome.has("duration_ms")) {
            json.set("duration_ms", outcome.get("duration_ms"));
        } else if (started != null && finished != null) {
            json.put("duration_ms", Duration.between(started, finished).toMillis());
        }
        return json;
    }
}
