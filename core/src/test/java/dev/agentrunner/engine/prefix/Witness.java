package dev.agentrunner.engine.prefix;

import static org.assertj.core.api.Assertions.assertThat;

import dev.agentrunner.spi.model.RunId;
import dev.agentrunner.spi.model.StepId;
import java.time.Instant;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.CopyOnWriteArrayList;

/** Sees what bodies do and are given while one node lives. Thread-safe. */
final class Witness {

    /** A body that was executed. */
    record Execution(RunId run, StepId step, int attempt) {}

    /** A place in a run where something was read that does not follow from what came before. */
    record Place(RunId run, String where) {}

    private final List<Execution> executions = new CopyOnWriteArrayList<>();
    private final Map<Place, Integer> randoms = new ConcurrentHashMap<>();
    private final Map<Place, Instant> moments = new ConcurrentHashMap<>();
    private final List<String> contradictions = new CopyOnWriteArrayList<>();

    void executes(RunId run, StepId step, int attempt) {
        executions.add(new Execution(run, step, attempt));
    }

    void sees(Place place, int random) {
        expect(place, random, randoms.putIfAbsent(place, random));
    }

    void sees(Place place, Instant moment) {
        expect(place, moment, moments.putIfAbsent(place, moment));
    }

    private void expect(Place place, Object found, Object before) {
        if (before != null && !before.equals(found)) {
            contradictions.add(place + " saw " + found + " after " + before);
        }
    }

    /** What was random in one run's life must be so again in the life of its continuation. */
    void expectRandomsOf(Witness before, RunId run, RunId continuation) {
        before.randoms.forEach((place, value) -> {
            if (place.run().equals(run)) {
                randoms.put(new Place(continuation, place.where()), value);
            }
        });
    }

    List<Execution> executionsOf(RunId run) {
        return executions.stream().filter(each -> each.run().equals(run)).toList();
    }

    List<Instant> momentsOf(RunId run) {
        Map<Place, Instant> all = new HashMap<>(moments);
        all.keySet().removeIf(place -> !place.run().equals(run));
        return List.copyOf(all.values());
    }

    /** Insists that what was read once was read again, and that attempts have numbers of their own. */
    void check(RunId run) {
        assertThat(contradictions).as("what was read differently").isEmpty();
        assertThat(executionsOf(run)).as("attempts that were executed").doesNotHaveDuplicates();
    }
}
