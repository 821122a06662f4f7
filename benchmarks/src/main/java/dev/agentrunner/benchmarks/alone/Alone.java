package dev.agentrunner.benchmarks.alone;

import dev.agentrunner.benchmarks.result.Measurement;
import java.util.List;
import java.util.Map;

/** The workloads that have no peer, by the name that {@code ./bench} knows them by. */
public final class Alone {

    /** In the order of their numbers. */
    public static final List<String> NAMES = List.of("cancel", "history", "waiting", "fanout", "memory");

    private static final Map<String, Measurement> ALL = Map.of(
            "cancel", new CancelLatency(),
            "history", new History(),
            "waiting", new Waiting(),
            "fanout", new FanOut(),
            "memory", new StepCost());

    private Alone() {}

    /**
     * One of them.
     *
     * @throws IllegalArgumentException if the name is not of {@link #NAMES}
     */
    public static Measurement named(String name) {
        Measurement measurement = ALL.get(name);
        if (measurement == null) {
            throw new IllegalArgumentException("There is no workload '" + name + "', only " + NAMES);
        }
        return measurement;
    }
}
