package dev.agentrunner.core.state;

import dev.agentrunner.spi.model.EventType;
import dev.agentrunner.spi.model.Failure;
import dev.agentrunner.spi.model.Json;
import dev.agentrunner.spi.model.NodeId;
import dev.agentrunner.spi.model.RunStatus;
import dev.agentrunner.spi.model.StepId;
import dev.agentrunner.spi.model.Waiting;
import java.time.Instant;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/** Facts that change the run itself. */
public sealed interface RunFact extends Fact {

    /** The state after this fact; the status is the transition table's business. */
    RunState fold(RunState before);

    @Override
    default @Nullable StepId step() {
        return null;
    }

    record Queued(Birth birth) implements RunFact {
        @Override
        public EventType type() {
            return EventType.RUN_QUEUED;
        }

        /** The state of a run of which this is the first fact. */
        RunState begin() {
            return new RunState(RunStatus.QUEUED, birth, Tenure.NONE, null, false, null, null);
        }

        @Override
        public RunState fold(RunState before) {
            return before;
        }
    }

    record Started(NodeId node, long epoch) implements RunFact {
        @Override
        public EventType type() {
            return EventType.RUN_STARTED;
        }

        @Override
        public RunState fold(RunState before) {
            return before.tenure(new Tenure(node, epoch, 0));
        }
    }

    record Recovered(NodeId node, long epoch, @Nullable NodeId previousNode, int recoveries) implements RunFact {
        @Override
        public EventType type() {
            return EventType.RUN_RECOVERED;
        }

        @Override
        public RunState fold(RunState before) {
            return before.tenure(new Tenure(node, epoch, recoveries));
        }
    }

    record Woken(NodeId node, long epoch, String cause) implements RunFact {
        @Override
        public EventType type() {
            return EventType.RUN_WOKEN;
        }

        @Override
        public RunState fold(RunState before) {
            return before.tenure(new Tenure(node, epoch, before.tenure().recoveries()));
        }
    }

    record Suspended(
            Waiting waiting,
            @Nullable Instant wakeAt,
            Set<String> signals,
            @Nullable String reason) implements RunFact {
        @Override
        public EventType type() {
            return EventType.RUN_SUSPENDED;
        }

        @Override
        public RunState fold(RunState before) {
            return before.suspension(new Suspension(waiting, wakeAt, signals));
        }
    }

    record PauseRequested(@Nullable String reason) implements RunFact {
        @Override
        public EventType type() {
            return EventType.RUN_PAUSE_REQUESTED;
        }

        @Override
        public RunState fold(RunState before) {
            return before.pauseRequested(true);
        }
    }

    record Unpaused(@Nullable String reason) implements RunFact {
        @Override
        public EventType type() {
            return EventType.RUN_UNPAUSED;
        }

        @Override
        public RunState fold(RunState before) {
            return before.pauseRequested(false);
        }
    }

    record CancelRequested(@Nullable String reason, boolean force) implements RunFact {
        @Override
        public EventType type() {
            return EventType.RUN_CANCEL_REQUESTED;
        }

        @Override
        public RunState fold(RunState before) {
            return before.cancel(new Cancel(reason, force));
        }
    }

    /**
     * A message arrived.
     *
     * @param by who sent it; null in logs that did not say so yet
     */
    record Signaled(String name, Json payload, @Nullable String by) implements RunFact {
        @Override
        public EventType type() {
            return EventType.RUN_SIGNALED;
        }

        @Override
        public RunState fold(RunState before) {
            return before;
        }
    }

    record Completed(Value output) implements RunFact {
        @Override
        public EventType type() {
            return EventType.RUN_COMPLETED;
        }

        @Override
        public RunState fold(RunState before) {
            return before.ending(this);
        }
    }

    record Failed(Failure failure) implements RunFact {
        @Override
        public EventType type() {
            return EventType.RUN_FAILED;
        }

        @Override
        public RunState fold(RunState before) {
            return before.ending(this);
        }
    }

    record Canceled(@Nullable String reason) implements RunFact {
        @Override
        public EventType type() {
            return EventType.RUN_CANCELED;
        }

        @Override
        public RunState fold(RunState before) {
            return before.ending(this);
        }
    }
}
