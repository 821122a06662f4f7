package dev.agentrunner.http.metrics;

import dev.agentrunner.spi.catalog.Backlog;
import dev.agentrunner.spi.catalog.NodeView;
import dev.agentrunner.spi.catalog.RunCatalog;
import dev.agentrunner.spi.catalog.Unfinished;
import dev.agentrunner.spi.error.StoreClosedException;
import dev.agentrunner.spi.error.StoreUnavailableException;
import io.micrometer.core.instrument.MeterRegistry;
import io.micrometer.core.instrument.MultiGauge;
import io.micrometer.core.instrument.MultiGauge.Row;
import io.micrometer.core.instrument.Tags;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.function.BinaryOperator;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** What the store holds, read when somebody wants to know. While it cannot be read, only that is shown. */
final class CensusGauges {

    private static final Logger LOG = LoggerFactory.getLogger(CensusGauges.class);

    private final Labels workflows;
    private final Labels queues = new Labels();
    private final InstantSource clock;
    private final MultiGauge up;
    private final MultiGauge unfinished;
    private final MultiGauge ready;
    private final MultiGauge oldest;
    private final MultiGauge nodes;
    private final MultiGauge capacity;
    private final MultiGauge held;

    CensusGauges(MeterRegistry registry, Labels workflows, InstantSource clock) {
        this.workflows = workflows;
        this.clock = clock;
        up = gauge("store.up", "1 if the store could be read for this scrape, else 0", "", registry);
        unfinished = gauge("runs.unfinished", "Runs that have not finished, in the whole store", "", registry);
        ready = gauge("queue.ready", "Runs that could be claimed now", "", registry);
        oldest = gauge("queue.oldest", "How long the oldest of them has been ready", "seconds", registry);
        nodes = gauge("nodes", "Nodes that the store knows", "", registry);
        capacity = gauge("nodes.capacity", "Runs that those nodes can execute at once", "", registry);
        held = gauge("nodes.runs", "Runs that those nodes hold", "", registry);
    }

    private static MultiGauge gauge(String name, String about, String unit, MeterRegistry registry) {
        return MultiGauge.builder("agent.runner." + name)
                .description(about)
                .baseUnit(unit.isEmpty() ? null : unit)
                .register(registry);
    }

    void read(RunCatalog catalog) {
        try {
            List<Unfinished> runs = catalog.unfinished();
            List<Backlog> backlog = catalog.backlog();
            List<NodeView> alive = catalog.nodes();
            Instant now = clock.instant();
            set(unfinished, sums(runs, this::tags, Unfinished::runs, Double::sum));
            set(ready, sums(backlog, this::tags, Backlog::ready, Double::sum));
            set(oldest, sums(backlog, this::tags, each -> seconds(each.oldest(), now), Math::max));
            set(nodes, Map.of(Tags.empty(), (double) alive.size()));
            set(
                    capacity,
                    Map.of(
                            Tags.empty(),
                            alive.stream().mapToDouble(NodeView::capacity).sum()));
            set(
                    held,
                    Map.of(
                            Tags.empty(),
                            alive.stream().mapToDouble(NodeView::runsHeld).sum()));
            set(up, Map.of(Tags.empty(), 1.0));
        } catch (StoreUnavailableException | StoreClosedException e) {
            LOG.debug("The store could not be read for its numbers", e);
            List.of(unfinished, ready, oldest, nodes, capacity, held).forEach(each -> set(each, Map.of()));
            set(up, Map.of(Tags.empty(), 0.0));
        }
    }

    private Tags tags(Unfinished runs) {
        String waiting = runs.waiting() == null ? "" : runs.waiting().name();
        return Tags.of(
                "workflow",
                workflows.of(runs.workflow().name()),
                "status",
                runs.status().name(),
                "waiting",
                waiting);
    }

    private Tags tags(Backlog backlog) {
        return Tags.of("queue", queues.of(backlog.queue()));
    }

    private interface Labelling<T> {
        Tags of(T item);
    }

    private interface Amount<T> {
        double of(T item);
    }

    /** Different items may have the same labels, such as versions of one workflow. */
    private static <T> Map<Tags, Double> sums(
            List<T> items, Labelling<T> labels, Amount<T> amount, BinaryOperator<Double> merge) {
        Map<Tags, Double> sums = new HashMap<>();
        items.forEach(item -> sums.merge(labels.of(item), amount.of(item), merge));
        return sums;
    }

    private static double seconds(Instant since, Instant now) {
        return Math.max(0, Duration.between(since, now).toMillis() / 1_000.0);
    }

    private static void set(MultiGauge gauge, Map<Tags, Double> values) {
        gauge.register(
                values.entrySet().stream()
                        .<Row<?>>map(each -> Row.of(each.getKey(), each.getValue()))
                        .toList(),
                true);
    }
}
