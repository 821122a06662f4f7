package dev.agentrunner.core.node;

import dev.agentrunner.core.execution.Family;
import dev.agentrunner.spi.model.RunId;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.CopyOnWriteArrayList;

/** Who wants to know when a run changes. Callbacks must not block. Thread-safe. */
final class Watchers {

    private final Map<RunId, List<Runnable>> byRun = new ConcurrentHashMap<>();

    Family.Watch watch(RunId run, Runnable changed) {
        byRun.compute(run, (id, all) -> {
            List<Runnable> list = all == null ? new CopyOnWriteArrayList<>() : all;
            list.add(changed);
            return list;
        });
        return () -> byRun.computeIfPresent(run, (id, all) -> {
            all.remove(changed);
            return all.isEmpty() ? null : all;
        });
    }

    void changed(RunId run) {
        byRun.getOrDefault(run, List.of()).forEach(Runnable::run);
    }

    /** Hints may have been lost. */
    void everythingChanged() {
        byRun.keySet().forEach(this::changed);
    }
}
