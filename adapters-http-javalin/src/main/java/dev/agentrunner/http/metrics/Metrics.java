package dev.agentrunner.http.metrics;

import dev.agentrunner.spi.catalog.RunCatalog;
import io.micrometer.core.instrument.Gauge;
import io.micrometer.prometheusmetrics.PrometheusConfig;
import io.micrometer.prometheusmetrics.PrometheusMeterRegistry;
import java.time.InstantSource;
import java.util.function.IntSupplier;
import org.jspecify.annotations.Nullable;

/**
 * The numbers of one node, in the text format of Prometheus. What they are is on the page {@code docs/metrics.md}. None is
 * labelled with anything that grows without bound. Thread-safe.
 */
public final class Metrics {

    /** The media type of what {@link #scrape} gives. */
    public static final String CONTENT_TYPE = "text/plain; version=0.0.4; charset=utf-8";

    private final PrometheusMeterRegistry registry = new PrometheusMeterRegistry(PrometheusConfig.DEFAULT);
    private final Meters meters = new Meters(registry);
    private final CensusGauges census;
    private volatile @Nullable RunCatalog catalog;

    /** With the system's clock. */
    public Metrics() {
        this(InstantSource.system());
    }

    /** @param clock by which it is told how long runs wait in their queues */
    public Metrics(InstantSource clock) {
        census = new CensusGauges(registry, meters.workflows, clock);
    }

    /** Shows how many streams are open, from now on. */
    public void streams(IntSupplier open) {
        Gauge.builder("agent.runner.streams", open, IntSupplier::getAsInt)
                .description("Streams and waiting long polls that are open on this node")
                .strongReference(true)
                .register(registry);
    }

    /**
     * All numbers as they are now; asks the store for what it holds, which may take as long as a store that is away takes
     * to say so. Fails for no reason.
     */
    public String scrape() {
        RunCatalog source = catalog;
        synchronized (census) {
            if (source != null) {
                census.read(source);
            }
            return registry.scrape();
        }
    }

    Meters meters() {
        return meters;
    }

    void show(RunCatalog source) {
        catalog = source;
    }
}
