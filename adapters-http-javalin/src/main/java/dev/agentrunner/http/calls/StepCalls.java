package dev.agentrunner.http.calls;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.agentrunner.AgentRunner;
import dev.agentrunner.http.request.Answer;
import dev.agentrunner.http.request.Request;
import dev.agentrunner.http.request.Route;
import dev.agentrunner.http.view.Shown;
import dev.agentrunner.http.view.StepJson;
import dev.agentrunner.spi.catalog.ArtifactView;
import dev.agentrunner.spi.catalog.StepView;
import dev.agentrunner.spi.model.Event;
import dev.agentrunner.spi.model.EventType;
import dev.agentrunner.spi.model.RunId;
import dev.agentrunner.spi.model.StepId;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** Shows the steps of a run, and which files each has changed. */
public final class StepCalls {

    private static final int WINDOW = 1_000;

    private final AgentRunner runner;
    private final RunCalls runs;
    private final Large large;

    public StepCalls(AgentRunner runner, RunCalls runs) {
        this.runner = runner;
        this.runs = runs;
        this.large = new Large(runner.artifacts());
    }

    public List<Route> routes() {
        return List.of(Route.get("/runs/{id}/steps", this::list));
    }

    private Answer list(Request request) {
        request.readsJson();
        request.query().only();
        RunId run = runs.view(request.run()).id();
        List<StepView> steps = runner.store().catalog().steps(run);
        List<ArtifactView> artifacts = runner.store().catalog().artifacts(run);
        Map<StepId, JsonNode> changes = changes(run, artifacts);
        return Answer.json(Shown.items(steps, step -> {
            ObjectNode json = StepJson.of(step);
            StepId id = step.step().id();
            large.resolve(json, "result", id.value(), artifacts, false);
            JsonNode changed = changes.get(id);
            if (changed != null) {
                files(json, changed, artifacts, id);
            }
            return json;
        }));
    }

    /** What was told of each step's files; the log is read only if there is a list of files at all. */
    private Map<StepId, JsonNode> changes(RunId run, List<ArtifactView> artifacts) {
        Map<StepId, JsonNode> changes = new HashMap<>();
        if (artifacts.stream().noneMatch(each -> each.artifact().kind().equals("manifest"))) {
            return changes;
        }
        List<Event> window;
        long position = 0;
        do {
            window = runner.store().log().read(run, position, WINDOW);
            for (Event event : window) {
                StepId step = event.step();
                if (step != null && event.type().equals(EventType.WORKSPACE_CHANGED)) {
                    changes.put(step, Shown.tree(event.payload()));
                }
                position = event.seq();
            }
        } while (window.size() == WINDOW);
        return changes;
    }

    private static void files(ObjectNode json, JsonNode changed, List<ArtifactView> artifacts, StepId step) {
        Map<String, String> ids = new HashMap<>();
        artifacts.stream()
                .map(ArtifactView::artifact)
                .filter(each -> each.kind().equals("workspace") && step.equals(each.step()))
                .forEach(each -> ids.put(each.name(), each.id().toString()));
        ArrayNode files = json.putArray("files");
        for (String change : List.of("added", "modified", "removed")) {
            for (JsonNode path : changed.path(change)) {
                file(files.addObject(), path.asText(), change, ids.get(path.asText()));
            }
        }
        if (changed.path("more").asInt() > 0) {
            json.put("more_files", changed.path("more").asInt());
        }
    }

    private static void file(ObjectNode json, String path, String change, @Nullable String artifact) {
        json.put("path", path).put("change", change);
        if (artifact != null) {
            json.put("artifact_id", artifact);
        }
    }
}
