package dev.agentrunner.http.calls;

import dev.agentrunner.http.metrics.Metrics;
import dev.agentrunner.http.request.Answer;
import dev.agentrunner.http.request.Request;
import dev.agentrunner.http.request.Route;
import java.nio.charset.StandardCharsets;
import java.util.List;

/** Gives a node's numbers to whoever collects them. */
public final class MetricsCall {

    private final Metrics metrics;

    public MetricsCall(Metrics metrics) {
        this.metrics = metrics;
    }

    public List<Route> routes() {
        return List.of(Route.get("/metrics", this::scrape));
    }

    private Answer scrape(Request request) {
        request.reads("text/plain").query().only();
        return Answer.bytes(200, Metrics.CONTENT_TYPE, metrics.scrape().getBytes(StandardCharsets.UTF_8));
    }
}
