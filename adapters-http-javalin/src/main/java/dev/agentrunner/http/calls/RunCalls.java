package dev.agentrunner.http.calls;

import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.agentrunner.AgentRunner;
import dev.agentrunner.http.problem.Kind;
import dev.agentrunner.http.problem.Problem;
import dev.agentrunner.http.request.Answer;
import dev.agentrunner.http.request.Query;
import dev.agentrunner.http.request.Request;
import dev.agentrunner.http.request.Route;
import dev.agentrunner.http.view.RunJson;
import dev.agentrunner.http.view.Shown;
import dev.agentrunner.spi.access.Role;
import dev.agentrunner.spi.catalog.Page;
import dev.agentrunner.spi.catalog.PageRequest;
import dev.agentrunner.spi.catalog.RunCatalog;
import dev.agentrunner.spi.catalog.RunQuery;
import dev.agentrunner.spi.catalog.RunView;
import dev.agentrunner.spi.catalog.TimeRange;
import dev.agentrunner.spi.model.Lineage;
import dev.agentrunner.spi.model.RunId;
import dev.agentrunner.spi.model.RunStatus;
import java.util.EnumSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/** Finds runs. */
public final class RunCalls {

    /** What a list shows of an input or output; a page of large ones would be larger than anybody reads. */
    private static final int MOST_IN_LISTS = 8 << 10;

    private static final Set<String> PARAMETERS =
            Set.of("workflow", "q", "created_after", "created_before", "limit", "cursor", "parent", "forked_from");

    private final AgentRunner runner;
    private final RunJson full;
    private final RunJson brief;
    private final Large large;
    private final Approvals approvals;

    public RunCalls(AgentRunner runner) {
        this.runner = runner;
        this.full = new RunJson(runner::redact, Integer.MAX_VALUE);
        this.brief = new RunJson(runner::redact, MOST_IN_LISTS);
        this.large = new Large(runner.artifacts());
        this.approvals = new Approvals(runner.store().log(), runner.store().catalog());
    }

    public List<Route> routes() {
        return List.of(Route.get("/runs", this::list), Route.get("/runs/{id}", this::one));
    }

    private Answer list(Request request) {
        request.readsJson();
        Query query = request.query().only(PARAMETERS, Set.of("status", "label"));
        RunQuery wanted = new RunQuery(
                statuses(query),
                query.text("workflow"),
                labels(query),
                query.text("q"),
                new TimeRange(query.time("created_after"), query.time("created_before")),
                new Lineage(run(query, "parent"), run(query, "forked_from")),
                new PageRequest(query.limit(), query.text("cursor")));
        Page<RunView> page = runner.store().catalog().runs(wanted);
        Role role = request.principal().role();
        return Answer.json(Shown.page(page.items(), run -> brief.of(run, role), page.nextCursor()));
    }

    private static Set<RunStatus> statuses(Query query) {
        Set<RunStatus> statuses = EnumSet.noneOf(RunStatus.class);
        for (String text : query.texts("status")) {
            try {
                statuses.add(RunStatus.valueOf(text));
            } catch (IllegalArgumentException e) {
                throw Query.invalid("status", "this is one of " + List.of(RunStatus.values()));
            }
        }
        return statuses;
    }

    private static Map<String, String> labels(Query query) {
        Map<String, String> labels = new LinkedHashMap<>();
        for (String text : query.texts("label")) {
            int colon = text.indexOf(':');
            if (colon < 1) {
                throw Query.invalid("label", "this is a key and a value: team:search");
            }
            String key = text.substring(0, colon);
            String value = text.substring(colon + 1);
            String before = labels.put(key, value);
            if (before != null && !before.equals(value)) {
                throw Query.invalid("label", "no run has two values of '" + key + "'");
            }
        }
        return labels;
    }

    private static @Nullable RunId run(Query query, String name) {
        String text = query.text(name);
        try {
            return text == null ? null : RunId.parse(text);
        } catch (IllegalArgumentException e) {
            throw Query.invalid(name, "this is the id of a run");
        }
    }

    private Answer one(Request request) {
        request.readsJson();
        request.query().only();
        return Tagged.answer(request, show(request.run(), request));
    }

    /** The run as it stands, for whoever asks. */
    ObjectNode show(RunId id, Request request) {
        RunCatalog catalog = runner.store().catalog();
        RunView run = view(id);
        ObjectNode json = full.of(run, request.principal().role());
        if (json.has("output_ref")) {
            large.resolve(json, "output", null, catalog.artifacts(id), true);
        }
        if (run.state().status() == RunStatus.RUNNING) {
            ArrayNode asked = approvals.of(run);
            if (!asked.isEmpty()) {
                json.set("approvals", asked);
            }
        }
        return json;
    }

    /** The run, which must exist. */
    RunView view(RunId run) {
        return runner.store()
                .catalog()
                .run(run)
                .orElseThrow(() -> Problem.of(
                        Kind.UNKNOWN_RUN, "There is no run " + run + "; it may have been purged by retention"));
    }
}
