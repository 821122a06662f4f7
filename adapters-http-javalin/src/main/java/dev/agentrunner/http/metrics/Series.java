package dev.agentrunner.http.metrics;

import io.micrometer.core.instrument.Meter;
import io.micrometer.core.instrument.Meter.MeterProvider;
import io.micrometer.core.instrument.Tag;
import io.micrometer.core.instrument.Tags;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.stream.IntStream;

/**
 * The meters of one name, one for each combination of the values of its labels. Remembers them, as to find one in the
 * registry costs more than to count. Thread-safe.
 */
final class Series<M extends Meter> {

    private final MeterProvider<M> provider;
    private final List<String> labels;
    private final Map<List<String>, M> known = new ConcurrentHashMap<>();

    Series(MeterProvider<M> provider, String... labels) {
        this.provider = provider;
        this.labels = List.of(labels);
    }

    /** @param values of the labels, in their order; each of a bounded set */
    M of(String... values) {
        List<String> key = List.of(values);
        M meter = known.get(key);
        return meter != null ? meter : known.computeIfAbsent(key, this::make);
    }

    private M make(List<String> values) {
        return provider.withTags(Tags.of(IntStream.range(0, labels.size())
                .mapToObj(i -> Tag.of(labels.get(i), values.get(i)))
                .toList()));
    }
}
