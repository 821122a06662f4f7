package dev.agentrunner.http.health;

import dev.agentrunner.http.request.Answer;
import dev.agentrunner.http.request.Request;
import dev.agentrunner.http.request.Route;
import dev.agentrunner.http.view.Shown;
import java.util.List;

/** Answers whoever watches over this process. */
public final class HealthCalls {

    public List<Route> routes() {
        return List.of(Route.open("/healthz", HealthCalls::alive));
    }

    /** Touches nothing: who is asked this often must not fail because something else does. */
    private static Answer alive(Request request) {
        return Answer.json(Shown.object().put("status", "ok"));
    }
}
