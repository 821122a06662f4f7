package dev.agentrunner.core.state;

import dev.agentrunner.spi.log.Ready;
import dev.agentrunner.spi.model.RunRow;
import dev.agentrunner.spi.model.RunStatus;
import dev.agentrunner.spi.model.StepId;
import dev.agentrunner.spi.model.StepStatus;
import java.util.List;
import java.util.Map;
import java.util.function.Function;
import java.util.stream.Collectors;
import java.util.stream.LongStream;
import org.jspecify.annotations.Nullable;

/** Everything that a history shows, as a value that can be compared. */
record Snapshot(
        long seq,
        @Nullable RunState run,
        @Nullable RunRow row,
        @Nullable Ready ready,
        List<StepState> steps,
        List<Signals.Signal> nextSignals,
        List<Long> waitingSignals) {

    static Snapshot of(RunHistory history) {
        return new Snapshot(
                history.seq(),
                history.exists() ? history.run() : null,
                history.exists() ? history.run().row() : null,
                history.exists() ? history.ready() : null,
                List.copyOf(history.steps()),
                Moves.SIGNALS.stream()
                        .flatMap(name -> history.signal(name).stream())
                        .toList(),
                LongStream.rangeClosed(1, history.seq())
                        .filter(history::isWaiting)
                        .boxed()
                        .toList());
    }

    @Nullable RunStatus status() {
        return run == null ? null : run.status();
    }

    boolean isTerminal() {
        return run != null && run.status().isTerminal();
    }

    Map<StepId, StepState> byId() {
        return steps.stream().collect(Collectors.toMap(each -> each.row().id(), Function.identity()));
    }

    StepStatus status(StepId step) {
        StepState state = byId().get(step);
        return state == null ? StepStatus.PENDING : state.status();
    }

    /** Short, for traces. */
    String brief() {
        if (run == null || row == null) {
            return "no run";
        }
        String stepList = steps.stream()
                .map(each ->
                        each.row().id() + "=" + each.status() + "/" + each.row().attempts())
                .collect(Collectors.joining(" "));
        return run.status() + (row.waiting() == null ? "" : " waiting " + row.waiting())
                + (run.cancel() == null ? "" : " cancel") + (run.pauseRequested() ? " pause" : "")
                + " e" + run.tenure().epoch() + " " + ready + " " + stepList;
    }
}
