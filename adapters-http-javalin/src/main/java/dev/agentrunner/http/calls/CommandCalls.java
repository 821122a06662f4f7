package dev.agentrunner.http.calls;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.TextNode;
import dev.agentrunner.AgentRunner;
import dev.agentrunner.client.ForkOptions;
import dev.agentrunner.client.RunHandle;
import dev.agentrunner.http.problem.Kind;
import dev.agentrunner.http.problem.Problem;
import dev.agentrunner.http.request.Answer;
import dev.agentrunner.http.request.Fields;
import dev.agentrunner.http.request.Request;
import dev.agentrunner.http.request.Route;
import dev.agentrunner.http.view.EventJson;
import dev.agentrunner.http.view.Shown;
import dev.agentrunner.spi.access.Role;
import dev.agentrunner.spi.catalog.RunView;
import dev.agentrunner.spi.model.Event;
import dev.agentrunner.spi.model.Json;
import dev.agentrunner.spi.model.RunStatus;
import dev.agentrunner.spi.model.StepId;
import java.util.List;
import java.util.function.BiConsumer;
import java.util.function.Predicate;
import org.jspecify.annotations.Nullable;

/** Commands runs. */
public final class CommandCalls {

    private static final int MOST_OF_REASON = 1_000;
    private static final int MOST_OF_SIGNAL = 256 << 10;
    private static final int MOST_OF_DIRECTIVE = 100_000;

    private final AgentRunner runner;
    private final RunCalls runs;

    public CommandCalls(AgentRunner runner, RunCalls runs) {
        this.runner = runner;
        this.runs = runs;
    }

    public List<Route> routes() {
        return List.of(
                Route.post("/runs/{id}/cancel", "run_cancel", this::cancel),
                Route.post("/runs/{id}/pause", "run_pause", this::pause),
                Route.post("/runs/{id}/resume", "run_resume", this::resume),
                Route.post("/runs/{id}/signals/{name}", "run_signal", this::signal),
                Route.post("/runs/{id}/directive", "run_directive", this::directive),
                Route.post("/runs/{id}/fork", "run_fork", this::fork),
                new Route("DELETE", "/runs/{id}", Role.ADMIN, "run_delete", this::delete));
    }

    private RunHandle handle(Request request) {
        return runner.as(request.principal().actor()).handle(request.run());
    }

    private Answer cancel(Request request) {
        Fields body = begin(request).optionalFields();
        String reason = body.optionalText("reason", MOST_OF_REASON);
        boolean force = body.flag("force");
        body.noOthers().check();
        return command(
                request,
                reason,
                run -> run.state().status() == RunStatus.CANCELED,
                force ? RunHandle::cancelNow : RunHandle::cancel);
    }

    private Answer pause(Request request) {
        return command(
                request, reason(request), run -> isGoing(run) && run.state().pauseRequested(), RunHandle::pause);
    }

    private Answer resume(Request request) {
        return command(
                request, reason(request), run -> isGoing(run) && !run.state().pauseRequested(), RunHandle::resume);
    }

    private static boolean isGoing(RunView run) {
        return !run.state().status().isTerminal();
    }

    private static Request begin(Request request) {
        request.readsJson();
        request.query().only();
        return request;
    }

    private static @Nullable String reason(Request request) {
        Fields body = begin(request).optionalFields();
        String reason = body.optionalText("reason", MOST_OF_REASON);
        body.noOthers().check();
        return reason;
    }

    private Answer command(
            Request request,
            @Nullable String reason,
            Predicate<RunView> already,
            BiConsumer<RunHandle, @Nullable String> what) {
        boolean done = already.test(runs.view(request.run()));
        if (!done) {
            what.accept(handle(request), reason);
        }
        return Answer.json(done ? 200 : 202, runs.show(request.run(), request));
    }

    private Answer signal(Request request) {
        JsonNode payload = begin(request).optionalJson(MOST_OF_SIGNAL);
        return send(request, request.path("name"), payload == null ? Json.NULL : Json.of(payload));
    }

    private Answer directive(Request request) {
        Fields body = begin(request).fields();
        String text = body.text("text", MOST_OF_DIRECTIVE);
        body.noOthers().check();
        return send(request, "directive", Json.of(TextNode.valueOf(text)));
    }

    private Answer send(Request request, String name, Json payload) {
        Event event = Commands.attempt(() -> handle(request).signal(name, payload));
        return Answer.json(202, Shown.raw(EventJson.of(event)));
    }

    private Answer fork(Request request) {
        Fields body = begin(request).optionalFields();
        String step = body.optionalText("from_step", StepId.MAX_LENGTH);
        JsonNode input = body.any("input");
        String version = body.optionalText("version", 100);
        body.noOthers().check();
        if (version != null) {
            requireVersion(runs.view(request.run()).spec().workflow().name(), version);
        }
        ForkOptions options =
                new ForkOptions(step == null ? null : new StepId(step), input == null ? null : Json.of(input), version);
        RunHandle forked = Commands.attempt(() -> handle(request).fork(options));
        return Answer.json(201, runs.show(forked.id(), request))
                .header("Location", request.base() + "/runs/" + forked.id());
    }

    /** A run of a version that nobody has would wait for ever. */
    private void requireVersion(String workflow, String version) {
        if (DiscoveryCalls.find(runner.workflows(), workflow, version) == null) {
            throw Problem.at(Kind.INVALID_REQUEST, "/version", "there is no version " + version + " of " + workflow);
        }
    }

    private Answer delete(Request request) {
        request.query().only();
        handle(request).purge();
        return Answer.empty(204);
    }
}
