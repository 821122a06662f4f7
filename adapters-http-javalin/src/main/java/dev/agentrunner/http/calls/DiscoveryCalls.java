package dev.agentrunner.http.calls;

import dev.agentrunner.AgentRunner;
import dev.agentrunner.client.UnknownWorkflowException;
import dev.agentrunner.client.WorkflowInfo;
import dev.agentrunner.http.request.Answer;
import dev.agentrunner.http.request.Request;
import dev.agentrunner.http.request.Route;
import dev.agentrunner.http.view.NodeJson;
import dev.agentrunner.http.view.Shown;
import dev.agentrunner.http.view.WorkflowJson;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** Shows what can be run, and where. */
public final class DiscoveryCalls {

    private final AgentRunner runner;

    public DiscoveryCalls(AgentRunner runner) {
        this.runner = runner;
    }

    public List<Route> routes() {
        return List.of(
                Route.get("/workflows", this::workflows),
                Route.get("/workflows/{name}", this::workflow),
                Route.get("/nodes", this::nodes));
    }

    private Answer workflows(Request request) {
        request.readsJson();
        request.query().only();
        return Answer.json(Shown.items(runner.workflows(), WorkflowJson::brief));
    }

    private Answer workflow(Request request) {
        request.readsJson();
        String name = request.path("name");
        String version = request.query().only("version").text("version");
        WorkflowInfo found = find(runner.workflows(), name, version);
        if (found == null) {
            throw new UnknownWorkflowException(version == null ? name : name + " v" + version);
        }
        return Tagged.answer(request, WorkflowJson.of(found));
    }

    /** The workflow of this version, or the newest; null if there is none. */
    static @Nullable WorkflowInfo find(List<WorkflowInfo> all, String name, @Nullable String version) {
        WorkflowInfo found = null;
        for (WorkflowInfo each : all) {
            boolean meant = each.ref().name().equals(name)
                    && (version == null || each.ref().version().equals(version));
            found = meant ? each : found;
        }
        return found;
    }

    private Answer nodes(Request request) {
        request.readsJson();
        request.query().only();
        return Answer.json(Shown.items(runner.store().catalog().nodes(), NodeJson::of));
    }
}
