package dev.agentrunner.engine.prefix;

import static org.assertj.core.api.Assertions.assertThat;

import dev.agentrunner.core.journal.Draft;
import dev.agentrunner.core.state.Birth;
import dev.agentrunner.core.state.Fact;
import dev.agentrunner.core.state.FactCodec;
import dev.agentrunner.core.state.RunFact;
import dev.agentrunner.core.state.RunHistory;
import dev.agentrunner.core.state.StepFact;
import dev.agentrunner.core.state.StepPlan;
import dev.agentrunner.core.state.Terms;
import dev.agentrunner.spi.log.AppendOutcome;
import dev.agentrunner.spi.log.Commit;
import dev.agentrunner.spi.log.Fence;
import dev.agentrunner.spi.model.Actor;
import dev.agentrunner.spi.model.Event;
import dev.agentrunner.spi.model.Lineage;
import dev.agentrunner.spi.model.NodeId;
import dev.agentrunner.spi.model.QueueSlot;
import dev.agentrunner.spi.model.RunId;
import dev.agentrunner.spi.model.RunSpec;
import dev.agentrunner.spi.model.RunStatus;
import dev.agentrunner.spi.model.WorkflowRef;
import dev.agentrunner.spi.queue.Claim;
import dev.agentrunner.spi.queue.ClaimRequest;
import dev.agentrunner.spi.queue.QueueLimit;
import dev.agentrunner.spi.store.Store;
import dev.agentrunner.tck.fixture.Ids;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * Writes recorded logs into a store as their nodes did, under new run ids: claims each run whenever it was claimed, and
 * in the end leaves it to nodes that never beat again. Each run has a queue of its own, so that a claim finds it and no
 * other.
 */
final class Seed {

    private final Store store;
    private final List<String> queues = new ArrayList<>(List.of(QueueSlot.DEFAULT_QUEUE));

    Seed(Store store) {
        this.store = store;
    }

    /** Writes the logs; says which run continues which. */
    Map<RunId, RunId> sow(Family family, boolean claimed) {
        Map<RunId, RunId> ids = new HashMap<>();
        Map<RunId, Sown> runs = new HashMap<>();
        family.inOrder()
                .forEach(event -> runs.computeIfAbsent(event.run(), run -> new Sown(run, renamed(run, ids)))
                        .take(event, ids, runs.values()));
        runs.values().forEach(Sown::write);
        if (claimed) {
            runs.values().stream().filter(run -> run.holder == null).forEach(Sown::claim);
        }
        runs.keySet().forEach(run -> renamed(run, ids));
        return ids;
    }

    private static RunId renamed(RunId run, Map<RunId, RunId> ids) {
        return ids.computeIfAbsent(run, old -> Ids.run());
    }

    /** A run that is being written. */
    private final class Sown {
        private final RunId old;
        private final RunId id;
        private final String queue = Ids.name("prefix");
        private final RunHistory history = new RunHistory();
        private final List<Fact> waiting = new ArrayList<>();
        private @Nullable NodeId holder;
        private long epoch;

        Sown(RunId old, RunId id) {
            this.old = old;
            this.id = id;
            queues.add(queue);
        }

        void take(Event event, Map<RunId, RunId> ids, Iterable<Sown> all) {
            Fact fact = rewritten(FactCodec.decode(event), ids);
            if (fact instanceof RunFact.Queued queued) {
                append(Fence.create(queued.birth().spec()), event.actor(), List.of(fact));
                return;
            }
            long claimed = epoch(fact);
            if (claimed > 0) {
                all.forEach(Sown::write);
                hold(claimed);
                if (fact instanceof RunFact.Started) {
                    return; // written by the claim itself
                }
                waiting.add(fact);
                // A run is taken up durably before anything else happens.
                write();
            } else if (event.actor().value().startsWith("worker:")) {
                waiting.add(fact);
            } else {
                write();
                append(Fence.outside(), event.actor(), List.of(fact));
            }
        }

        private Fact rewritten(Fact fact, Map<RunId, RunId> ids) {
            if (fact instanceof RunFact.Queued queued) {
                Birth birth = queued.birth();
                RunSpec spec = birth.spec();
                RunId parent = spec.lineage().parent();
                RunSpec own = new RunSpec(
                        spec.workflow(),
                        new QueueSlot(queue, 0),
                        spec.name(),
                        spec.labels(),
                        new Lineage(parent == null ? null : renamed(parent, ids), null),
                        null);
                return new RunFact.Queued(new Birth(own, birth.input(), birth.seed(), Terms.NONE, null));
            }
            if (fact instanceof StepFact.Started started && started.plan().child() != null) {
                StepPlan plan = StepPlan.child(renamed(started.plan().child(), ids));
                return new StepFact.Started(
                        started.step(), started.name(), started.kind(), started.attempt(), plan, null);
            }
            return fact;
        }

        /** Of the claim by which the run is taken up; 0 if this says nothing of that. */
        private static long epoch(Fact fact) {
            if (fact instanceof RunFact.Started started) {
                return started.epoch();
            }
            if (fact instanceof RunFact.Woken woken) {
                return woken.epoch();
            }
            return fact instanceof RunFact.Recovered recovered ? recovered.epoch() : 0;
        }

        /** Makes what waits durable. */
        void write() {
            if (!waiting.isEmpty() && holder != null) {
                List<Fact> facts = List.copyOf(waiting);
                waiting.clear();
                append(Fence.holding(epoch), Actor.worker(holder), facts);
                if (history.isTerminal() || history.run().suspension() != null) {
                    holder = null;
                }
            }
        }

        /** Claims the run, again and again if nodes died before they wrote anything, until the epoch is this one. */
        private void hold(long wanted) {
            do {
                if (holder != null) {
                    store.queue().leave(holder);
                    holder = null;
                }
                if (!claim()) {
                    wake();
                    assertThat(claim())
                            .as("%s can be claimed with epoch %s", old, wanted)
                            .isTrue();
                }
            } while (epoch < wanted);
            assertThat(epoch).isEqualTo(wanted);
        }

        /**
         * Wakes the run as a child does that ends. A wake which came between a claim and the first word of the node is in
         * no log.
         */
        private void wake() {
            Birth own = history.run().birth();
            RunSpec spec = own.spec();
            RunSpec stillborn = new RunSpec(spec.workflow(), spec.slot(), null, Map.of(), new Lineage(id, null), null);
            List<Fact> facts = List.of(
                    new RunFact.Queued(new Birth(stillborn, own.input(), 0, Terms.NONE, null)),
                    new RunFact.Canceled(null));
            commit(Draft.of(Ids.run(), Fence.create(stillborn), Actor.SYSTEM, new RunHistory(), facts));
        }

        boolean claim() {
            NodeId node = Ids.node();
            List<QueueLimit> notTheirs = queues.stream()
                    .filter(other -> !other.equals(queue))
                    .map(other -> new QueueLimit(other, 0, null, null))
                    .toList();
            WorkflowRef workflow = history.run().birth().spec().workflow();
            List<Claim> claims = store.queue()
                    .claim(new ClaimRequest(
                            node,
                            1,
                            Set.of(workflow),
                            notTheirs,
                            started -> FactCodec.encode(new RunFact.Started(node, started), Actor.worker(node))));
            claims.forEach(claim -> {
                assertThat(claim.run()).isEqualTo(id);
                holder = node;
                epoch = claim.epoch();
                if (history.run().status() == RunStatus.QUEUED) {
                    history.apply(new RunFact.Started(node, epoch));
                }
            });
            return holder != null;
        }

        private void append(Fence fence, Actor actor, List<Fact> facts) {
            commit(Draft.of(id, fence, actor, history, facts));
        }
    }

    private void commit(Commit commit) {
        assertThat(store.log().append(commit).join()).isInstanceOf(AppendOutcome.Appended.class);
    }
}
