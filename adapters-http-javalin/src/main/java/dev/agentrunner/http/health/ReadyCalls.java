package dev.agentrunner.http.health;

import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.agentrunner.AgentRunner;
import dev.agentrunner.client.Health;
import dev.agentrunner.http.access.Gate;
import dev.agentrunner.http.request.Answer;
import dev.agentrunner.http.request.Query;
import dev.agentrunner.http.request.Request;
import dev.agentrunner.http.request.Route;
import dev.agentrunner.http.view.Shown;
import dev.agentrunner.spi.access.Role;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.Callable;
import java.util.function.BooleanSupplier;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Answers whether this node can do its work now. */
public final class ReadyCalls {

    private static final Logger LOG = LoggerFactory.getLogger(ReadyCalls.class);
    private static final String FINE = "";

    private final Gate gate;
    /** Each gives what is wrong, or {@link #FINE}. */
    private final Map<String, Callable<String>> checks = new LinkedHashMap<>();

    /**
     * Looks at the runner and its store, and at what else the host depends on.
     *
     * @param draining whether this node is to be left alone, though its runner goes on
     * @param more throw what is wrong
     */
    public ReadyCalls(AgentRunner runner, BooleanSupplier draining, Gate gate, Map<String, Callable<?>> more) {
        this.gate = gate;
        checks.put("store", () -> {
            runner.store().log().feedEnd();
            return FINE;
        });
        checks.put("worker", () -> worker(runner.health()));
        checks.put(
                "draining",
                () -> draining.getAsBoolean() || runner.health().draining()
                        ? "this node stops and takes no more runs"
                        : FINE);
        more.forEach((name, check) -> checks.put(name, () -> {
            check.call();
            return FINE;
        }));
    }

    private static String worker(Health health) {
        return health.isSound() ? FINE : "a loop of this node has ended: restart it, and look for errors in its log";
    }

    public List<Route> routes() {
        return List.of(Route.open("/readyz", this::ready));
    }

    private Answer ready(Request request) {
        request.readsJson();
        Query query = request.query().only("verbose");
        boolean verbose = query.has("verbose");
        if (verbose) {
            Gate.require(gate.admit(request.http()), Role.VIEWER);
        }
        Map<String, String> found = new LinkedHashMap<>();
        checks.forEach((name, check) -> found.put(name, look(name, check)));
        boolean ready = found.values().stream().allMatch(FINE::equals);
        ObjectNode json = Shown.object().put("status", ready ? "ready" : "unavailable");
        ArrayNode failing = json.putArray("failing");
        found.forEach((name, wrong) -> {
            if (!wrong.equals(FINE)) {
                failing.add(name);
            }
        });
        if (verbose) {
            ArrayNode all = json.putArray("checks");
            found.forEach((name, wrong) -> {
                ObjectNode each = all.addObject().put("name", name).put("ok", wrong.equals(FINE));
                if (!wrong.equals(FINE)) {
                    each.put("detail", wrong);
                }
            });
        }
        Answer answer = Answer.json(ready ? 200 : 503, json);
        return ready ? answer : answer.header("Retry-After", "5");
    }

    private static String look(String name, Callable<String> check) {
        try {
            return check.call();
        } catch (Exception e) {
            LOG.debug("The check '{}' failed", name, e);
            return e.getMessage() == null ? e.getClass().getSimpleName() : e.getMessage();
        }
    }
}
