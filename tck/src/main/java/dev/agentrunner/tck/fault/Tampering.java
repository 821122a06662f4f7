package dev.agentrunner.tck.fault;

import dev.agentrunner.spi.llm.Spending;
import dev.agentrunner.spi.log.AppendOutcome;
import dev.agentrunner.spi.log.AppendOutcome.Appended;
import dev.agentrunner.spi.log.Commit;
import dev.agentrunner.spi.log.Fence;
import dev.agentrunner.spi.log.Projection;
import dev.agentrunner.spi.log.Ready;
import dev.agentrunner.spi.log.RunLog;
import dev.agentrunner.spi.model.ArtifactRow;
import dev.agentrunner.spi.model.Json;
import dev.agentrunner.spi.model.NewEvent;
import dev.agentrunner.spi.model.RunRow;
import dev.agentrunner.spi.model.RunSpec;
import dev.agentrunner.spi.model.StepId;
import dev.agentrunner.spi.store.Store;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Collections;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.Function;
import java.util.function.UnaryOperator;

/** Logs that change commits on their way in. */
final class Tampering {

    private Tampering() {}

    static Store with(Store whole, UnaryOperator<Commit> change) {
        return ForwardingStore.with(whole, new ForwardingLog(whole.log()) {
            @Override
            public CompletableFuture<AppendOutcome> append(Commit commit) {
                return super.append(change.apply(commit));
            }
        });
    }

    /** Every third commit is acknowledged and thrown away. */
    static Store dropping(Store whole) {
        AtomicInteger count = new AtomicInteger();
        RunLog log = whole.log();
        return ForwardingStore.with(whole, new ForwardingLog(log) {
            @Override
            public CompletableFuture<AppendOutcome> append(Commit commit) {
                return count.incrementAndGet() % 3 == 0
                        ? CompletableFuture.completedFuture(new Appended(commit.lastSeq(), Instant.EPOCH))
                        : super.append(commit);
            }
        });
    }

    /** What is illegal is acknowledged, too, though not written. */
    static Store lenient(Store whole) {
        return ForwardingStore.with(whole, new ForwardingLog(whole.log()) {
            @Override
            public CompletableFuture<AppendOutcome> append(Commit commit) {
                return super.append(commit)
                        .thenApply(outcome -> outcome instanceof AppendOutcome.Illegal
                                ? new Appended(commit.lastSeq(), Instant.EPOCH)
                                : outcome);
            }
        });
    }

    static Commit impatient(Commit commit) {
        Projection all = commit.projection();
        return all.ready() instanceof Ready.At
                ? projecting(
                        commit,
                        new Projection(
                                all.run(), Ready.now(), all.steps(), all.artifacts(), all.wakes(), all.spending()))
                : commit;
    }

    static Commit forgetful(Commit commit) {
        Projection all = commit.projection();
        RunRow row = all.run();
        RunRow forgotten =
                new RunRow(row.status(), null, null, row.cancelRequested(), row.pauseRequested(), row.recoveries());
        return projecting(
                commit,
                new Projection(forgotten, all.ready(), all.steps(), all.artifacts(), all.wakes(), all.spending()));
    }

    static Commit cut(Commit commit) {
        Projection all = commit.projection();
        List<ArtifactRow> artifacts = all.artifacts().stream()
                .map(made -> new ArtifactRow(
                        made.id(),
                        made.step(),
                        made.name().substring(0, Math.min(255, made.name().length())),
                        made.kind(),
                        made.mediaType(),
                        made.blob()))
                .toList();
        return projecting(
                commit, new Projection(all.run(), all.ready(), all.steps(), artifacts, all.wakes(), all.spending()));
    }

    static Commit reversed(Commit commit) {
        List<NewEvent> events = new ArrayList<>(commit.events());
        Collections.reverse(events);
        return new Commit(commit.run(), commit.fence(), commit.expectedSeq(), events, commit.projection());
    }

    static Commit half(Commit commit) {
        Projection all = commit.projection();
        return projecting(commit, new Projection(all.run(), all.ready(), List.of(), List.of(), all.wakes(), Map.of()));
    }

    static Commit withoutWakes(Commit commit) {
        Projection all = commit.projection();
        return projecting(
                commit,
                new Projection(all.run(), all.ready(), all.steps(), all.artifacts(), List.of(), all.spending()));
    }

    static Commit withoutSpending(Commit commit) {
        Projection all = commit.projection();
        return projecting(
                commit, new Projection(all.run(), all.ready(), all.steps(), all.artifacts(), all.wakes(), Map.of()));
    }

    /** Adds something to what was spent on each step. */
    static Commit spending(Commit commit, Function<StepId, Spending> more) {
        Projection all = commit.projection();
        Map<StepId, Spending> spending = new HashMap<>(all.spending());
        spending.replaceAll((step, spent) -> spent.plus(more.apply(step)));
        return projecting(
                commit, new Projection(all.run(), all.ready(), all.steps(), all.artifacts(), all.wakes(), spending));
    }

    private static Commit projecting(Commit commit, Projection projection) {
        return new Commit(commit.run(), commit.fence(), commit.expectedSeq(), commit.events(), projection);
    }

    static Commit withoutKey(Commit commit) {
        if (!(commit.fence() instanceof Fence.Create create)) {
            return commit;
        }
        RunSpec spec = create.spec();
        RunSpec keyless = new RunSpec(spec.workflow(), spec.slot(), spec.name(), spec.labels(), spec.lineage(), null);
        return new Commit(
                commit.run(), new Fence.Create(keyless, create.owner()), 0, commit.events(), commit.projection());
    }

    static Commit tidied(Commit commit) {
        List<NewEvent> events = commit.events().stream()
                .map(event -> new NewEvent(
                        event.type(),
                        event.step(),
                        new Json(event.payload().tree().toString()),
                        event.actor()))
                .toList();
        return new Commit(commit.run(), commit.fence(), commit.expectedSeq(), events, commit.projection());
    }

    /** Whoever says that he holds the run is believed. */
    static UnaryOperator<Commit> believing(Store whole) {
        return commit -> commit.fence() instanceof Fence.Holding
                ? whole.catalog()
                        .run(commit.run())
                        .map(run -> new Commit(
                                commit.run(),
                                Fence.holding(run.owner().epoch()),
                                commit.expectedSeq(),
                                commit.events(),
                                commit.projection()))
                        .orElse(commit)
                : commit;
    }
}
