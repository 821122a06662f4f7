package dev.agentrunner.http;

import dev.agentrunner.AgentRunner;
import dev.agentrunner.http.HttpOptions.Auth;
import dev.agentrunner.http.access.Gate;
import dev.agentrunner.http.access.Ledger;
import dev.agentrunner.http.calls.ArtifactCalls;
import dev.agentrunner.http.calls.AuditCalls;
import dev.agentrunner.http.calls.CommandCalls;
import dev.agentrunner.http.calls.ConsoleCalls;
import dev.agentrunner.http.calls.DiscoveryCalls;
import dev.agentrunner.http.calls.DocumentCall;
import dev.agentrunner.http.calls.EventCalls;
import dev.agentrunner.http.calls.MetricsCall;
import dev.agentrunner.http.calls.ProviderCalls;
import dev.agentrunner.http.calls.RunCalls;
import dev.agentrunner.http.calls.SessionCalls;
import dev.agentrunner.http.calls.StatsCalls;
import dev.agentrunner.http.calls.StepCalls;
import dev.agentrunner.http.calls.StreamCalls;
import dev.agentrunner.http.calls.SubmitCall;
import dev.agentrunner.http.health.HealthCalls;
import dev.agentrunner.http.health.ReadyCalls;
import dev.agentrunner.http.metrics.MeteredStore;
import dev.agentrunner.http.metrics.Metrics;
import dev.agentrunner.http.problem.Kind;
import dev.agentrunner.http.problem.Problem;
import dev.agentrunner.http.request.Route;
import dev.agentrunner.http.stream.LongPoll;
import dev.agentrunner.http.stream.StreamHub;
import dev.agentrunner.http.stream.StreamOptions;
import dev.agentrunner.spi.store.Store;
import io.javalin.config.JavalinConfig;
import io.javalin.http.HandlerType;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.stream.Stream;

/**
 * The API and the console as routes of a Javalin application.
 *
 * <p>Everything below the prefix belongs to it, also what it does not know; nothing else does. It reads and writes bodies
 * itself: the application's JSON mapper, error pages and size limits do not touch it. Thread-safe once mounted.
 */
public final class HttpApi implements AutoCloseable {

    private final String prefix;
    private final Exchange exchange;
    private final AtomicBoolean draining = new AtomicBoolean();
    private final ProviderCalls providers;
    private final StreamHub streams;
    private final List<Route> routes;

    private HttpApi(AgentRunner runner, HttpOptions options) {
        RedactedStore store = RedactedStore.of(runner);
        Gate gate = new Gate(
                options.auth() == Auth.KEYS, options.allowedHosts(), store.keys(), store.sessions(), options.clock());
        Ledger ledger = new Ledger(store.audit());
        this.streams = new StreamHub(store, runner.live(), StreamOptions.DEFAULT);
        RunCalls runs = new RunCalls(runner);
        this.prefix = options.prefix();
        this.exchange = new Exchange(gate, ledger, prefix);
        this.providers = new ProviderCalls(runner);
        Metrics metrics = options.metrics() == null ? uncounted(store) : options.metrics();
        metrics.streams(streams::clients);
        this.routes = Stream.of(
                        new HealthCalls().routes(),
                        new ReadyCalls(runner, draining::get, gate, options.checks()).routes(),
                        runs.routes(),
                        new SubmitCall(runner, runs).routes(),
                        new CommandCalls(runner, runs).routes(),
                        new StepCalls(runner, runs).routes(),
                        new EventCalls(store.log(), new LongPoll(streams), runs).routes(),
                        new StreamCalls(streams, runs, gate).routes(),
                        new ArtifactCalls(runner, runs).routes(),
                        new DiscoveryCalls(runner).routes(),
                        providers.routes(),
                        new StatsCalls(store.catalog(), options.clock()).routes(),
                        new SessionCalls(gate, ledger).routes(),
                        new AuditCalls(store.audit()).routes(),
                        new MetricsCall(metrics).routes(),
                        new DocumentCall(prefix).routes(),
                        new ConsoleCalls().routes())
                .flatMap(List::stream)
                .toList();
    }

    /** The API of a runner, which stays the caller's to close. */
    public static HttpApi of(AgentRunner runner, HttpOptions options) {
        return new HttpApi(runner, options);
    }

    /** What a store holds, when nobody has counted what became of it. */
    private static Metrics uncounted(Store store) {
        Metrics metrics = new Metrics();
        new MeteredStore(store, metrics);
        return metrics;
    }

    /** What it answers. */
    List<Route> routes() {
        return routes;
    }

    /** Adds the routes to an application that is being configured. */
    public void mount(JavalinConfig application) {
        Map<String, Set<String>> methods = new LinkedHashMap<>();
        for (Route route : routes) {
            Set<String> known = methods.computeIfAbsent(route.path(), path -> new TreeSet<>());
            known.add(route.method());
            add(application, route.method(), route.path(), route);
            if (route.method().equals("GET")) {
                known.add("HEAD");
                add(application, "HEAD", route.path(), route);
            }
        }
        methods.forEach((path, known) -> refuseOthers(application, path, known));
        refuseTheRest(application);
    }

    private void refuseOthers(JavalinConfig application, String path, Set<String> known) {
        String allow = String.join(", ", known);
        Route refusal = Route.open(path, request -> {
            throw Problem.of(Kind.METHOD_NOT_ALLOWED, "This path takes " + allow)
                    .header("Allow", allow);
        });
        for (HandlerType method : HandlerType.commonHttp()) {
            if (!known.contains(method.name())) {
                add(application, method.name(), path, refusal);
            }
        }
    }

    private void refuseTheRest(JavalinConfig application) {
        Route refusal = Route.open("/*", request -> {
            throw Problem.of(Kind.NOT_FOUND, "There is nothing at this path; see " + prefix + "/openapi.json");
        });
        for (HandlerType method : HandlerType.commonHttp()) {
            add(application, method.name(), "/*", refusal);
        }
    }

    private void add(JavalinConfig application, String method, String path, Route route) {
        application.routes.addHttpHandler(
                HandlerType.findOrCreate(method), prefix + path, context -> exchange.answer(context, route));
    }

    /** Is not ready any more, and goes on answering. */
    public void drain() {
        draining.set(true);
    }

    /** Ends what the API does by itself. Closing again does nothing. */
    @Override
    public void close() {
        streams.close();
        providers.close();
    }
}
