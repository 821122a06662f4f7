package dev.agentrunner.core.execution;

import dev.agentrunner.core.state.RunHistory;
import dev.agentrunner.core.state.StepState;
import dev.agentrunner.spi.model.StepId;
import dev.agentrunner.workflow.NonDeterministicWorkflowException;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * The steps that were recorded before an execution began, by branch, in the order in which they started; and
 * whether the code was found to differ from them. Thread-safe.
 */
final class Recorded {

    private final Map<String, List<StepId>> byPath = new HashMap<>();
    private volatile @Nullable NonDeterministicWorkflowException divergence;

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

    /** Remembers that the code differs: a workflow that catches the exception must not go on all the same. */
    NonDeterministicWorkflowException diverged(String expected, String found) {
        NonDeterministicWorkflowException first = divergence;
        if (first == null) {
            first = new NonDeterministicWorkflowException(expected, found);
            divergence = first;
        }
        return first;
    }

    /** Throws if the code was found to differ. */
    void check() {
        NonDeterministicWorkflowException found = divergence;
        if (found != null) {
            throw found;
        }
    }

    List<StepId> in(String path) {
        return byPath.getOrDefault(path, List.of());
    }
}
