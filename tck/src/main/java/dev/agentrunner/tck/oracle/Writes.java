package dev.agentrunner.tck.oracle;

import dev.agentrunner.spi.llm.Spending;
import dev.agentrunner.spi.log.AppendOutcome;
import dev.agentrunner.spi.log.AppendOutcome.Appended;
import dev.agentrunner.spi.log.AppendOutcome.Illegal;
import dev.agentrunner.spi.log.Commit;
import dev.agentrunner.spi.log.Fence;
import dev.agentrunner.spi.log.Projection;
import dev.agentrunner.spi.log.Ready;
import dev.agentrunner.spi.model.Actor;
import dev.agentrunner.spi.model.ArtifactRow;
import dev.agentrunner.spi.model.EventType;
import dev.agentrunner.spi.model.Json;
import dev.agentrunner.spi.model.Lineage;
import dev.agentrunner.spi.model.NewEvent;
import dev.agentrunner.spi.model.NodeId;
import dev.agentrunner.spi.model.QueueSlot;
import dev.agentrunner.spi.model.RunId;
import dev.agentrunner.spi.model.RunRow;
import dev.agentrunner.spi.model.RunSpec;
import dev.agentrunner.spi.model.RunStatus;
import dev.agentrunner.spi.model.StepId;
import dev.agentrunner.spi.model.StepRow;
import dev.agentrunner.spi.model.StepStatus;
import dev.agentrunner.spi.model.Waiting;
import dev.agentrunner.spi.queue.Claim;
import dev.agentrunner.tck.fixture.Ids;
import dev.agentrunner.tck.fixture.Rows;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import org.jspecify.annotations.Nullable;

/** Operations that append. */
final class Writes {

    private Writes() {}

    /**
     * Creates a run.
     *
     * @param key 0 to 2: with one of three idempotency keys; else without
     * @param again 0: with the id of a run that exists
     * @param owner 0: born claimed
     */
    record Create(int key, int again, int owner, int slot, int ready, int status) implements Plan {

        @Override
        public String kind() {
            return owner == 0 ? "create claimed" : "create";
        }

        @Override
        public Move<?> choose(World world) {
            RunId id = again == 0 ? world.run(slot) : Ids.run();
            if (world.purged.contains(id)) {
                id = Ids.run(); // a purged id does not come back: ids are unique for ever
            }
            String chosenKey = key < world.keys.size() ? world.keys.get(key) : null;
            RunSpec spec = new RunSpec(
                    world.workflows.get(slot % 2),
                    new QueueSlot(world.queues.get(slot / 2 % 2), slot / 4 % 3 - 1),
                    slot % 3 == 0 ? "Run %_" + slot : null,
                    Map.of("team", slot % 2 == 0 ? "red" : "blue"),
                    new Lineage(slot % 5 == 0 ? world.run(slot) : null, null),
                    chosenKey);
            NodeId node = owner == 0 ? world.node(slot) : null;
            RunStatus first = node != null ? RunStatus.RUNNING : status == 0 ? RunStatus.FAILED : RunStatus.QUEUED;
            Ready when = node != null && ready % 3 != 0 ? Ready.held() : world.ready(ready);
            Commit commit = new Commit(
                    id,
                    new Fence.Create(spec, node),
                    0,
                    List.of(new NewEvent(
                            EventType.RUN_QUEUED, null, new Json("{\"input\" : " + slot + "}"), Actor.user("ann"))),
                    Projection.of(Rows.run(first), when));
            return appending(commit, world, node == null ? null : new Claim(id, 1));
        }
    }

    /** By what right a commit is written. */
    enum Writer {
        HOLDER,
        STALE,
        OUTSIDE
    }

    /**
     * Appends to a run.
     *
     * @param behind by how much the writer is wrong about the last seq
     * @param step chooses a step and its next status; every second choice none
     * @param other another run, to wake; every third choice none
     */
    record Append(Writer writer, int run, int behind, int status, int ready, int step, int other) implements Plan {

        @Override
        public String kind() {
            return switch (writer) {
                case HOLDER -> "append as holder";
                case STALE -> Ops.OLD_CLAIM;
                case OUTSIDE -> "append from outside";
            };
        }

        @Override
        public Move<?> choose(World world) {
            RunId id = writer == Writer.OUTSIDE ? world.run(run) : world.claimedRun(run);
            World.Known known = world.known(id);
            Fence fence = switch (writer) {
                case HOLDER -> Fence.holding(world.epoch(id, 0));
                case STALE -> Fence.holding(world.epoch(id, 1));
                case OUTSIDE -> Fence.outside();
            };
            long expected = Math.max(1, known.seq() - behind);
            List<NewEvent> events = new ArrayList<>();
            for (int i = 0; i <= status % 3; i++) {
                events.add(new NewEvent(EventType.LOG, null, new Json("{\"n\": " + i + "}"), Actor.SYSTEM));
            }
            boolean mayHold = writer != Writer.OUTSIDE;
            Ready when = mayHold && ready % 4 != 0 ? Ready.held() : world.ready(ready / 4);
            List<StepRow> steps = step % 2 == 0 ? List.of() : List.of(step(expected));
            List<RunId> wakes = other % 3 == 0 ? List.of(world.run(other)) : List.of();
            List<RunId> others = wakes.contains(id) ? List.of() : wakes;
            Projection projection = new Projection(row(known.row()), when, steps, artifacts(id), others, spending());
            return appending(new Commit(id, fence, expected, events, projection), world, null);
        }

        private StepRow step(long expected) {
            StepStatus next = pick(StepStatus.values(), step / 8);
            return Rows.step("step " + step % 8, next, 1 + step % 3 % 2, expected + 1);
        }

        /** Of the step that changes, and now and then of another one. */
        private Map<StepId, Spending> spending() {
            if (step % 3 != 0) {
                return Map.of();
            }
            String cost = status % 3 == 0 ? null : "0." + "0".repeat(ready) + (1 + status);
            Spending spent = Rows.spent(1 + step % 4, status, ready, cost);
            return other % 2 == 0
                    ? Map.of(new StepId("step " + step % 8), spent)
                    : Map.of(new StepId("step " + step % 8), spent, new StepId("step " + (step + 1) % 8), spent);
        }

        private List<ArtifactRow> artifacts(RunId id) {
            if (step % 5 != 0) {
                return List.of();
            }
            var blob = Rows.blob(Integer.toHexString(step % 7));
            // Derived from run and choice, so that now and then a run is given the same artifact twice.
            var artifactId = new dev.agentrunner.spi.model.ArtifactId(new java.util.UUID(
                    id.value().getMostSignificantBits(), id.value().getLeastSignificantBits() ^ (step % 20)));
            return List.of(new ArtifactRow(artifactId, null, "n" + step, "k", "text/plain", blob));
        }

        private RunRow row(RunRow before) {
            RunStatus next = switch (status % 20) {
                case 0, 1, 2, 3, 4, 5, 6, 7, 8, 9 -> before.status();
                case 10, 11, 12, 13 -> before.status() == RunStatus.QUEUED ? RunStatus.RUNNING : before.status();
                case 14, 15, 16 -> RunStatus.COMPLETED;
                default -> pick(RunStatus.values(), status / 20);
            };
            boolean waits = status % 5 == 1;
            return new RunRow(
                    next,
                    waits ? pick(Waiting.values(), status) : null,
                    waits ? Moments.future(status % 4) : null,
                    status % 2 == 0,
                    status % 7 == 0,
                    Math.max(0, before.recoveries() + (status % 11 == 0 ? 1 : status % 13 == 0 ? -1 : 0)));
        }
    }

    private static <T> T pick(T[] all, int choice) {
        return all[choice % all.length];
    }

    private static Move<?> appending(Commit commit, World world, @Nullable Claim born) {
        return new Move<Object>(
                commit.toString(), lens -> append(lens, commit), answer -> !(answer instanceof Appended), answer -> {
                    if (answer instanceof Appended done) {
                        world.wrote(
                                commit.run(),
                                done.lastSeq(),
                                commit.projection().run());
                        if (born != null) {
                            world.born(born);
                        }
                    }
                });
    }

    private static AppendOutcome append(Lens lens, Commit commit) {
        AppendOutcome outcome;
        try {
            outcome = lens.store().log().append(commit).get(60, TimeUnit.SECONDS);
        } catch (ExecutionException | TimeoutException e) {
            throw new AssertionError(lens.contestant.name() + " neither wrote nor refused " + commit, e);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new AssertionError("interrupted", e);
        }
        if (outcome instanceof Appended done) {
            lens.happened(done.at());
            return new Appended(done.lastSeq(), Instant.EPOCH);
        }
        return outcome instanceof Illegal ? new Illegal("in words of its own") : outcome;
    }
}
