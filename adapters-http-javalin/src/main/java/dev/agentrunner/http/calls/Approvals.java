package dev.agentrunner.http.calls;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.agentrunner.http.view.Shown;
import dev.agentrunner.spi.catalog.ArtifactView;
import dev.agentrunner.spi.catalog.RunCatalog;
import dev.agentrunner.spi.catalog.RunView;
import dev.agentrunner.spi.catalog.StepView;
import dev.agentrunner.spi.log.RunLog;
import dev.agentrunner.spi.model.Event;
import dev.agentrunner.spi.model.EventType;
import dev.agentrunner.spi.model.RunId;
import dev.agentrunner.spi.model.StepStatus;
import dev.agentrunner.spi.model.Waiting;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/** What a run waits to be told by a person, and with what words it asks. */
record Approvals(RunLog log, RunCatalog catalog) {

    private static final String SIGNAL = "approval.";
    /** Signals and requests may have come since the run was suspended; beyond so many, nobody looks. */
    private static final int LATEST = 200;

    /** Not what a workflow made for people to look at. */
    private static final Set<String> OWN_KINDS = Set.of("workspace", "manifest", "result");

    ArrayNode of(RunView run) {
        Map<String, String> questions = new LinkedHashMap<>();
        for (StepView step : catalog.steps(run.id())) {
            if (step.step().status() == StepStatus.RUNNING && step.step().kind().equals("approval")) {
                questions.put(step.step().id().value(), question(run.id(), step));
            }
        }
        if (run.state().waiting() == Waiting.APPROVAL) {
            interrupted(run)
                    .forEach(step -> questions.putIfAbsent(
                            step,
                            "This step was interrupted and must not be executed twice unless somebody allows it. May it be"
                                    + " executed again?"));
        }
        ArrayNode json = JsonNodeFactory.instance.arrayNode();
        String artifact = questions.isEmpty() ? null : latest(run.id());
        questions.forEach((step, message) -> {
            ObjectNode each = json.addObject();
            each.put("step_id", step).put("signal", SIGNAL + step).put("message", message);
            if (artifact != null) {
                each.put("artifact_id", artifact);
            }
        });
        return json;
    }

    /** What the run made last is most likely what it asks about. */
    private @Nullable String latest(RunId run) {
        String found = null;
        for (ArtifactView each : catalog.artifacts(run)) {
            found = OWN_KINDS.contains(each.artifact().kind())
                    ? found
                    : each.artifact().id().toString();
        }
        return found;
    }

    /** The question is recorded as a log line in front of the step's start. */
    private String question(RunId run, StepView step) {
        long started = step.step().startedSeq();
        for (Event event : log.read(run, Math.max(0, started - 2), 1)) {
            if (event.type().equals(EventType.LOG) && step.step().id().equals(event.step())) {
                return Shown.tree(event.payload()).path("message").asText();
            }
        }
        return "May the run go on?";
    }

    /** Steps that the run asks about since they were interrupted: it was suspended until it is told so. */
    private List<String> interrupted(RunView run) {
        List<String> steps = new ArrayList<>();
        List<Event> latest = log.read(run.id(), Math.max(0, run.lastSeq() - LATEST), LATEST);
        for (Event event : latest) {
            if (event.type().equals(EventType.RUN_SUSPENDED)) {
                steps.clear();
                for (JsonNode signal : Shown.tree(event.payload()).path("signals")) {
                    if (signal.asText().startsWith(SIGNAL)) {
                        steps.add(signal.asText().substring(SIGNAL.length()));
                    }
                }
            }
        }
        return steps;
    }
}
