package dev.agentrunner.core.node;

import dev.agentrunner.client.IdempotencyKeyReusedException;
import dev.agentrunner.core.journal.Commander;
import dev.agentrunner.core.journal.Draft;
import dev.agentrunner.core.state.Birth;
import dev.agentrunner.core.state.Decision;
import dev.agentrunner.core.state.Fact;
import dev.agentrunner.core.state.OutsideCommand;
import dev.agentrunner.core.state.RunFact;
import dev.agentrunner.core.state.RunHistory;
import dev.agentrunner.spi.error.AgentRunnerException;
import dev.agentrunner.spi.log.AppendOutcome;
import dev.agentrunner.spi.log.Commit;
import dev.agentrunner.spi.log.Fence;
import dev.agentrunner.spi.log.RunLog;
import dev.agentrunner.spi.model.Actor;
import dev.agentrunner.spi.model.NodeId;
import dev.agentrunner.spi.model.RunId;
import dev.agentrunner.spi.model.RunSpec;
import dev.agentrunner.spi.queue.Claim;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import java.util.concurrent.CompletableFuture;
import org.jspecify.annotations.Nullable;

/** Creates runs; where there is room, they are born claimed by this node. Thread-safe. */
final class Submitter {

    /** Decides which new runs this node executes at once, and does so. */
    interface Eager {
        /** Reserves room for a run that would jump no queue; {@link #begin} or {@link #release} follows. */
        boolean reserve(RunId run, Birth birth);

        void begin(Claim claim, RunHistory history);

        void release(RunId run);
    }

    private final RunLog log;
    private final NodeId node;
    private final Eager eager;

    Submitter(RunLog log, NodeId node, Eager eager) {
        this.log = log;
        this.node = node;
        this.eager = eager;
    }

    /** Completes with the run once it is durable: this one, or the one that has the key or the id already. */
    CompletableFuture<RunId> submit(RunId run, Birth birth, List<Fact> copies, Actor actor) {
        List<Fact> facts = new ArrayList<>(
                ((Decision.Accepted) new OutsideCommand.Submit(birth, copies).decide(new RunHistory())).facts());
        boolean claimed = eager.reserve(run, birth);
        RunHistory history = new RunHistory();
        Fence fence = Fence.create(birth.spec());
        if (claimed) {
            facts.add(new RunFact.Started(node, 1));
            fence = Fence.createClaimed(birth.spec(), node);
        }
        Commit commit = Draft.of(run, fence, actor, history, facts);
        return log.append(commit).handle((outcome, error) -> {
            if (claimed) {
                if (outcome instanceof AppendOutcome.Appended) {
                    eager.begin(new Claim(run, 1), history);
                } else {
                    eager.release(run);
                }
            }
            return answer(run, outcome, error);
        });
    }

    private static RunId answer(RunId run, @Nullable AppendOutcome outcome, @Nullable Throwable error) {
        if (outcome instanceof AppendOutcome.Appended) {
            return run;
        }
        if (outcome instanceof AppendOutcome.Exists existing) {
            return existing.run();
        }
        throw error instanceof RuntimeException failure
                ? failure
                : new AgentRunnerException("The store refused to create run " + run + ": " + outcome);
    }

    /**
     * Checks that a run found by its key is the one that was meant. Its deadline is another one in any case.
     *
     * @param version that was asked for; null: any
     */
    static void requireSame(Commander commander, RunId found, Birth wanted, @Nullable String version) {
        Birth existing =
                commander.history(found).map(history -> history.run().birth()).orElse(wanted);
        String key = wanted.spec().idempotencyKey();
        if (key != null && !isSame(existing, wanted, version)) {
            throw new IdempotencyKeyReusedException(key, found);
        }
    }

    private static boolean isSame(Birth existing, Birth wanted, @Nullable String version) {
        RunSpec one = existing.spec();
        RunSpec other = wanted.spec();
        return one.workflow().name().equals(other.workflow().name())
                && (version == null || version.equals(one.workflow().version()))
                && Objects.equals(one.name(), other.name())
                && one.labels().equals(other.labels())
                && one.slot().equals(other.slot())
                && existing.terms().models().equals(wanted.terms().models())
                && Objects.equals(existing.input().tree(), wanted.input().tree());
    }
}
