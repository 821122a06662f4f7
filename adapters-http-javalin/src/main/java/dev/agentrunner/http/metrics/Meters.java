package dev.agentrunner.http.metrics;

import io.micrometer.core.instrument.Counter;
import io.micrometer.core.instrument.DistributionSummary;
import io.micrometer.core.instrument.Gauge;
import io.micrometer.core.instrument.MeterRegistry;
import io.micrometer.core.instrument.Timer;
import java.time.Duration;
import java.util.stream.Stream;

/** Every counter and timer of a node. Thread-safe. */
final class Meters {

    private static final Duration[] SHORT = millis(1, 5, 10, 50, 100, 500, 1_000, 5_000);
    private static final Duration[] LONG =
            millis(10, 100, 500, 1_000, 5_000, 30_000, 60_000, 300_000, 1_800_000, 7_200_000);

    final Series<Counter> submitted;
    final Series<Counter> finished;
    final Series<Counter> recovered;
    final Series<Counter> retried;
    final Series<Counter> appends;
    final Series<Counter> tokens;
    final Series<Counter> cost;
    final Counter claims;
    final Counter lostNodes;
    final Series<Timer> run;
    final Series<Timer> queued;
    final Series<Timer> step;
    final Series<Timer> model;
    final Timer append;
    final DistributionSummary commit;
    final Labels workflows = new Labels();
    final Labels kinds = new Labels();
    final Labels models = new Labels();
    final Pending pending = new Pending();

    Meters(MeterRegistry registry) {
        submitted = counter("runs.submitted", "Runs created by this node", registry, "workflow");
        finished = counter("runs.finished", "Runs whose end this node recorded", registry, "workflow", "status");
        recovered = counter("runs.recovered", "Runs that this node took over from one that died", registry, "workflow");
        retried = counter("step.retries", "Attempts of steps that failed and are tried again", registry, "workflow");
        appends = counter("appends", "Commits by what became of them", registry, "outcome");
        tokens = counter(
                "llm.tokens",
                "Tokens of answered generations, as the provider counted them",
                registry,
                "model",
                "direction");
        cost = counter(
                "llm.cost.usd", "What generations cost in US dollars, where the price is known", registry, "model");
        claims = Counter.builder("agent.runner.claims")
                .description("Runs that this node claimed from the queue")
                .register(registry);
        lostNodes = Counter.builder("agent.runner.nodes.lost")
                .description("Nodes that this node found dead")
                .register(registry);
        run = timer("run", "Runs from when they were queued to their end", LONG, registry, "workflow", "status");
        queued =
                timer("run.queued", "Runs from when they were queued to their first start", LONG, registry, "workflow");
        step = timer("step", "Last attempts of steps that have ended", LONG, registry, "workflow", "kind", "status");
        model = timer("llm", "Generations by language models", LONG, registry, "model", "status");
        append = Timer.builder("agent.runner.append")
                .description("Commits from being handed over to being durable")
                .serviceLevelObjectives(SHORT)
                .register(registry);
        commit = DistributionSummary.builder("agent.runner.commit.events")
                .description("Events of a commit")
                .register(registry);
        Gauge.builder("agent.runner.appends.pending", pending, Pending::count)
                .description("Commits that are not durable yet")
                .register(registry);
    }

    private static Series<Counter> counter(String name, String about, MeterRegistry registry, String... labels) {
        return new Series<>(
                Counter.builder("agent.runner." + name).description(about).withRegistry(registry), labels);
    }

    private static Series<Timer> timer(
            String name, String about, Duration[] bounds, MeterRegistry registry, String... labels) {
        return new Series<>(
                Timer.builder("agent.runner." + name)
                        .description(about)
                        .serviceLevelObjectives(bounds)
                        .withRegistry(registry),
                labels);
    }

    private static Duration[] millis(Integer... bounds) {
        return Stream.of(bounds).map(Duration::ofMillis).toArray(Duration[]::new);
    }
}
