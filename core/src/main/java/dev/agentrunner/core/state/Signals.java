package dev.agentrunner.core.state;

import dev.agentrunner.spi.model.Json;
import java.util.Collection;
import java.util.Optional;
import java.util.TreeMap;

/** Signals that arrived and that no step has consumed yet, oldest first. Not thread-safe. */
public final class Signals {

    /** A signal and the event that brought it. */
    public record Signal(long seq, RunFact.Signaled fact) {

        public Json payload() {
            return fact.payload();
        }
    }

    Signals() {}

    private final TreeMap<Long, Signal> waiting = new TreeMap<>();

    void arrive(long seq, RunFact.Signaled fact) {
        waiting.put(seq, new Signal(seq, fact));
    }

    void add(Signals others) {
        waiting.putAll(others.waiting);
    }

    void consume(long seq) {
        waiting.remove(seq);
    }

    /** The oldest waiting signal of this name. */
    public Optional<Signal> first(String name) {
        return waiting.values().stream()
                .filter(each -> each.fact().name().equals(name))
                .findFirst();
    }

    boolean has(long seq) {
        return waiting.containsKey(seq);
    }

    boolean hasAnyOf(Collection<String> names) {
        return waiting.values().stream()
                .anyMatch(each -> names.contains(each.fact().name()));
    }
}
