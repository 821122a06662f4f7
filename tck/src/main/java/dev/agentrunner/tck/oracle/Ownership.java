package dev.agentrunner.tck.oracle;

import dev.agentrunner.spi.model.NodeId;
import dev.agentrunner.spi.model.RunId;
import dev.agentrunner.spi.model.WorkflowRef;
import dev.agentrunner.spi.queue.Claim;
import dev.agentrunner.spi.queue.ClaimRequest;
import dev.agentrunner.spi.queue.NodeBeat;
import dev.agentrunner.spi.queue.QueueLimit;
import dev.agentrunner.spi.queue.Rate;
import dev.agentrunner.tck.fixture.Runs;
import java.time.Duration;
import java.time.Instant;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/** Operations on queue, nodes and finished runs. */
final class Ownership {

    private Ownership() {}

    /**
     * Claims.
     *
     * @param limit which limits; 0: none
     */
    record ClaimRuns(int node, int max, int workflows, int limit) implements Plan {

        @Override
        public String kind() {
            return limit == 0 ? "claim" : "claim with limits";
        }

        @Override
        public Move<?> choose(World world) {
            Set<WorkflowRef> any = workflows == 0 ? Set.of(world.workflows.get(0)) : Set.copyOf(world.workflows);
            QueueLimit[] limits = limits(world).toArray(QueueLimit[]::new);
            ClaimRequest request = Runs.request(world.node(node), 1 + max, any, limits);
            return new Move<List<Claim>>(
                    request.toString(),
                    lens -> lens.store().queue().claim(request),
                    List::isEmpty,
                    claims -> claims.forEach(world::claimed));
        }

        private List<QueueLimit> limits(World world) {
            String one = world.queues.get(limit % 2);
            String two = world.queues.get((limit + 1) % 2);
            return switch (limit) {
                case 0 -> List.of();
                case 1, 2 -> List.of(new QueueLimit(one, 1, null, null), new QueueLimit(two, 0, null, null));
                case 3, 4 -> List.of(new QueueLimit(one, 9, 2, null), new QueueLimit(two, 2, 9, null));
                case 5, 6 -> List.of(new QueueLimit(one, 9, null, new Rate(2, Duration.ofDays(1))));
                default ->
                    List.of(
                            new QueueLimit(one, 9, 3, new Rate(3, Duration.ofDays(1))),
                            new QueueLimit(two, 3, null, new Rate(1, Duration.ofMillis(1))));
            };
        }
    }

    /** A sign of life. */
    record Beat(int node, int capacity) implements Plan {

        @Override
        public String kind() {
            return Ops.BEAT;
        }

        @Override
        public Move<?> choose(World world) {
            NodeBeat beat = new NodeBeat(world.node(node), capacity);
            return new Move<NodeId>(
                    beat.toString(),
                    lens -> {
                        lens.happened(lens.store().queue().beat(beat));
                        return beat.node();
                    },
                    answer -> false,
                    answer -> {});
        }
    }

    /** Everybody else is dead, or nobody who has beaten. */
    record Recover(int self, int all) implements Plan {

        @Override
        public String kind() {
            return "recover";
        }

        @Override
        public Move<?> choose(World world) {
            NodeId asking = world.node(self);
            Duration deadAfter = all == 0 ? Duration.ZERO : Duration.ofDays(1);
            return new Move<List<NodeId>>(
                    "recover for " + asking + ", dead after " + deadAfter,
                    lens -> lens.store().queue().recover(asking, deadAfter),
                    List::isEmpty,
                    dead -> {});
        }
    }

    /** A clean stop. */
    record Leave(int node) implements Plan {

        @Override
        public String kind() {
            return "leave";
        }

        @Override
        public Move<?> choose(World world) {
            NodeId leaving = world.node(node);
            return new Move<Map<RunId, Long>>(
                    "leave " + leaving,
                    lens -> {
                        Map<RunId, Long> held = lens.store().queue().held(leaving);
                        lens.store().queue().leave(leaving);
                        return held;
                    },
                    Map::isEmpty,
                    held -> {});
        }
    }

    /** What a node holds, and when the next run is ready. */
    record Look(int node, int workflows) implements Plan {

        @Override
        public String kind() {
            return "look at held, ready and next";
        }

        @Override
        public Move<?> choose(World world) {
            NodeId asking = world.node(node);
            List<WorkflowRef> any = world.workflows.subList(0, 1 + workflows % 2);
            return new Move<List<Object>>(
                    "held by " + asking + ", ready and next of " + any,
                    lens -> List.of(
                            lens.store().queue().held(asking),
                            lens.store().queue().ready(any, 1 + node),
                            next(lens.store().queue().nextReady(any))),
                    answer -> answer.equals(List.of(Map.of(), 0, "none")),
                    answer -> {});
        }

        private static String next(Optional<Instant> moment) {
            return moment.map(at -> at.isAfter(Moments.future(-1)) ? at.toString() : "ready")
                    .orElse("none");
        }
    }

    /** Purges one run. */
    record Purge(int run) implements Plan {

        @Override
        public String kind() {
            return "purge";
        }

        @Override
        public Move<?> choose(World world) {
            RunId id = world.endedRun(run);
            return new Move<Boolean>(
                    "purge " + id, lens -> lens.store().retention().purge(id), done -> !done, done -> {
                        if (done) {
                            world.purged.add(id);
                        }
                    });
        }
    }

    /** Purges some old runs. */
    record PurgeOld(int all, int max) implements Plan {

        @Override
        public String kind() {
            return "purge old";
        }

        @Override
        public Move<?> choose(World world) {
            Instant moment = all == 0 ? Moments.past(0) : Moments.future(0);
            return new Move<List<RunId>>(
                    "purge " + (1 + max) + " finished before " + moment,
                    lens -> lens.store().retention().purgeFinishedBefore(moment, 1 + max),
                    List::isEmpty,
                    done -> world.purged.addAll(new HashSet<>(done)));
        }
    }
}
