package dev.agentrunner.http.view;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.agentrunner.spi.access.Role;
import dev.agentrunner.spi.catalog.RunView;
import dev.agentrunner.spi.model.Json;
import dev.agentrunner.spi.model.RunRow;
import dev.agentrunner.spi.model.RunSpec;
import dev.agentrunner.spi.model.RunStatus;
import java.util.Map;
import java.util.function.UnaryOperator;

/**
 * Runs. Thread-safe.
 *
 * @param redact takes the secrets out of a value
 * @param most a value of more characters is left out, and {@code omitted} names it
 */
public record RunJson(UnaryOperator<Json> redact, int most) {

    /**
     * A run.
     *
     * @param role of whoever looks
     */
    public ObjectNode of(RunView run, Role role) {
        RunSpec spec = run.spec();
        RunRow state = run.state();
        ObjectNode json = Shown.object().put("id", run.id().toString());
        Shown.put(json, "name", spec.name());
        json.put("workflow", spec.workflow().name())
                .put("version", spec.workflow().version())
                .put("status", state.status().name());
        Shown.put(json, "waiting", state.waiting());
        Shown.put(json, "wake_at", state.wakeAt());
        json.put("queue", spec.slot().queue()).put("priority", spec.slot().priority());
        ObjectNode labels = json.putObject("labels");
        spec.labels().entrySet().stream()
                .sorted(Map.Entry.comparingByKey())
                .forEach(label -> labels.put(label.getKey(), label.getValue()));
        payloads(run, json);
        json.put("cancel_requested", state.cancelRequested())
                .put("pause_requested", state.pauseRequested())
                .put("recoveries", state.recoveries());
        Shown.put(json, "parent_run_id", spec.lineage().parent());
        Shown.put(json, "forked_from", spec.lineage().forkedFrom());
        Shown.put(json, "node", run.owner().node());
        json.put("last_seq", run.lastSeq()).set("usage", UsageJson.of(run.usage()));
        json.put("created_at", Shown.time(run.times().created()));
        Shown.put(json, "started_at", run.times().started());
        Shown.put(json, "finished_at", run.times().finished());
        json.set("allowed_actions", Actions.of(state, role));
        return json;
    }

    private void payloads(RunView run, ObjectNode json) {
        ArrayNode omitted = JsonNodeFactory.instance.arrayNode();
        JsonNode first = Shown.tree(run.payloads().first());
        value(json, "input", first.path("input"), omitted);
        if (first.hasNonNull("deadline")) {
            json.set("deadline", first.get("deadline"));
        }
        Json end = run.payloads().last();
        if (end != null) {
            JsonNode last = Shown.tree(end);
            if (run.state().status() == RunStatus.COMPLETED) {
                ValueJson.copy(last, "output", json);
                value(json, "output", json.path("output"), omitted);
            } else if (last.has("failure")) {
                json.set("failure", last.get("failure"));
            } else if (last.has("reason")) {
                json.set("cancel_reason", last.get("reason"));
            }
        }
        if (!omitted.isEmpty()) {
            json.set("omitted", omitted);
        }
    }

    /** The input is stored with the secrets in it. */
    private void value(ObjectNode json, String name, JsonNode value, ArrayNode omitted) {
        if (value.isMissingNode()) {
            return;
        }
        Json text = redact.apply(Json.of(value));
        if (text.text().length() > most) {
            json.remove(name);
            omitted.add(name);
        } else {
            json.set(name, Shown.tree(text));
        }
    }
}
