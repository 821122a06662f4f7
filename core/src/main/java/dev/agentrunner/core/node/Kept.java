package dev.agentrunner.core.node;

import dev.agentrunner.core.state.RunHistory;
import dev.agentrunner.core.state.StepState;
import dev.agentrunner.spi.model.StepId;
import dev.agentrunner.spi.model.StepStatus;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;

/**
 * Which steps of a finished run a fork keeps. In each branch they are the first ones without a gap: a replay
 * that misses a step which the run had would take the next one for changed code.
 */
final class Kept {

    private final RunHistory history;
    private final Map<String, List<StepState>> byPath = new LinkedHashMap<>();

    Kept(RunHistory history) {
        this.history = history;
        for (StepState step : history.steps()) {
            byPath.computeIfAbsent(path(step.row().id()), key -> new ArrayList<>())
                    .add(step);
        }
    }

    /** In each branch, those before the first one that did not complete; also in branches of that one. */
    Set<StepId> untilFirstUnfinished() {
        Set<StepId> kept = new LinkedHashSet<>();
        keep("", kept);
        return kept;
    }

    private void keep(String path, Set<StepId> kept) {
        for (StepState step : byPath.getOrDefault(path, List.of())) {
            StepId id = step.row().id();
            byPath.keySet().stream().filter(inner -> isBranchOf(inner, id)).forEach(inner -> keep(inner, kept));
            if (step.status() != StepStatus.COMPLETED && step.status() != StepStatus.SKIPPED) {
                return;
            }
            kept.add(id);
        }
    }

    /**
     * Those that had started and ended, however, when this one started; but for those of which it is part, which
     * had not.
     */
    Set<StepId> before(StepState from) {
        Set<StepId> kept = new LinkedHashSet<>();
        for (StepState step : history.steps()) {
            StepId id = step.row().id();
            boolean ended = step.status().isTerminal() && step.status() != StepStatus.CANCELED;
            boolean earlier = step.row().startedSeq() < from.row().startedSeq();
            if (ended && earlier && !isPartOf(from.row().id(), id)) {
                kept.add(id);
            }
        }
        return kept;
    }

    private static boolean isPartOf(StepId inner, StepId outer) {
        for (String path = path(inner); !path.isEmpty(); path = path(new StepId(owner(path)))) {
            if (owner(path).equals(outer.value())) {
                return true;
            }
        }
        return false;
    }

    private static boolean isBranchOf(String path, StepId step) {
        return !path.isEmpty() && owner(path).equals(step.value());
    }

    /** The branch that a step is in; empty for the workflow's own. */
    private static String path(StepId step) {
        int slash = step.value().lastIndexOf('/');
        return slash < 0 ? "" : step.value().substring(0, slash);
    }

    /** The step that a branch is of: {@code check} for {@code check[0]}, {@code both} for {@code both.left}. */
    private static String owner(String path) {
        return path.substring(0, path.endsWith("]") ? path.lastIndexOf('[') : path.lastIndexOf('.'));
    }
}
