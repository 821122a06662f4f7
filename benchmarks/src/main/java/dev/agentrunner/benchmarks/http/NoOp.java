package dev.agentrunner.benchmarks.http;

import dev.agentrunner.server.extension.Extension;
import dev.agentrunner.spi.model.Json;
import dev.agentrunner.workflow.Workflow;
import java.util.List;

/** Adds to the server a workflow that gives back its input and does nothing else. */
public final class NoOp implements Extension {

    static final String SUBMISSION = "{\"workflow\":\"noop\",\"input\":{\"n\":1}}";

    @Override
    public List<Workflow<?, ?>> workflows() {
        return List.of(
                Workflow.named("noop", "1").input(Json.class).output(Json.class).body((run, input) -> input));
    }
}
