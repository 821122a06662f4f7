package dev.agentrunner.core.execution;

import dev.agentrunner.core.state.RunHistory;
import dev.agentrunner.core.state.StepState;
import dev.agentrunner.spi.model.StepId;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/** The steps that were recorded before an execution began, by branch, in the order in which they started. */
final class Recorded {

    private final Map<String, List<StepId>> byPath = new HashMap<>();

    static Recorded of(RunHistory history) {
        Recorded recorded = new Recorded();
        for (StepState step : history.steps()) {
            StepId id = step.row().id();
            int slash = id.value().lastIndexOf('/');
            String path = slash < 0 ? "" : id.value().substring(0, slash);
            recorded.byPath.computeIfAbsent(path, key -> new ArrayList<>()).add(id);
        }
        return recorded;
    }

    List<StepId> in(String path) {
        return byPath.getOrDefault(path, List.of());
    }
}
