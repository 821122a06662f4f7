package dev.agentrunner.http.calls;

import com.fasterxml.jackson.databind.JsonNode;
import dev.agentrunner.AgentRunner;
import dev.agentrunner.client.RunHandle;
import dev.agentrunner.client.SubmitOptions;
import dev.agentrunner.http.problem.Kind;
import dev.agentrunner.http.problem.Problem;
import dev.agentrunner.http.request.Answer;
import dev.agentrunner.http.request.Fields;
import dev.agentrunner.http.request.Request;
import dev.agentrunner.http.request.Route;
import dev.agentrunner.spi.model.Json;
import dev.agentrunner.spi.model.QueueSlot;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** Starts runs. */
public final class SubmitCall {

    private static final int MOST_OF_KEY = 255;
    private static final int YEAR_SECONDS = 366 * 24 * 3600;

    private final AgentRunner runner;
    private final RunCalls runs;
    private final Inputs inputs;

    public SubmitCall(AgentRunner runner, RunCalls runs) {
        this.runner = runner;
        this.runs = runs;
        this.inputs = new Inputs(runner);
    }

    public List<Route> routes() {
        return List.of(Route.post("/runs", "run_submit", this::submit));
    }

    private Answer submit(Request request) {
        request.readsJson();
        request.query().only();
        Fields body = request.fields();
        String workflow = body.text("workflow", 200);
        String version = body.optionalText("version", 100);
        JsonNode input = body.any("input");
        SubmitOptions options = options(body).version(version);
        String key = idempotencyKey(request);
        SubmitOptions keyed = key == null ? options : options.idempotencyKey(key);
        Json value = input == null ? Json.NULL : Json.of(input);
        inputs.check(workflow, version, value);
        RunHandle run =
                Commands.attempt(() -> runner.as(request.principal().actor()).submit(workflow, value, keyed));
        return Answer.json(run.created() ? 201 : 200, runs.show(run.id(), request))
                .header("Location", request.base() + "/runs/" + run.id());
    }

    /** Each caller has keys of their own: what one sends gives no other one's run. */
    private static @Nullable String idempotencyKey(Request request) {
        String key = request.header("Idempotency-Key");
        if (key == null) {
            return null;
        }
        if (key.isBlank() || key.length() > MOST_OF_KEY) {
            throw Problem.at(
                    Kind.INVALID_PARAMETER, "Idempotency-Key", "the key has 1 to " + MOST_OF_KEY + " characters");
        }
        return request.principal().id() + ":" + key;
    }

    private static SubmitOptions options(Fields body) {
        String name = body.optionalText("name", 200);
        Map<String, String> labels = body.texts("labels", 100, 100);
        String queue = body.optionalText("queue", 200);
        Integer priority = body.optionalInt("priority", Integer.MIN_VALUE, Integer.MAX_VALUE);
        Fields more = body.object("options");
        Map<String, String> models = more.texts("models", 1_000, 300);
        Integer deadline = more.optionalInt("deadline_seconds", 1, YEAR_SECONDS);
        more.noOthers();
        body.noOthers().check();
        QueueSlot slot =
                new QueueSlot(queue == null ? QueueSlot.DEFAULT_QUEUE : queue, priority == null ? 0 : priority);
        return new SubmitOptions(
                name, labels, slot, null, deadline == null ? null : Duration.ofSeconds(deadline), models, null);
    }
}
