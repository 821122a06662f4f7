package dev.agentrunner.memory;

import dev.agentrunner.spi.log.Hint;
import dev.agentrunner.spi.log.Projection;
import dev.agentrunner.spi.log.Ready;
import dev.agentrunner.spi.model.NewEvent;
import dev.agentrunner.spi.model.NodeId;
import dev.agentrunner.spi.model.RunId;
import dev.agentrunner.spi.model.RunStatus;
import dev.agentrunner.spi.model.WorkflowRef;
import dev.agentrunner.spi.queue.Claim;
import dev.agentrunner.spi.queue.ClaimRequest;
import dev.agentrunner.spi.queue.NodeBeat;
import dev.agentrunner.spi.queue.RunQueue;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Collection;
import java.util.HashSet;
import java.util.Iterator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;
import java.util.stream.Stream;

/** Claims and liveness over {@link Tenancy}. */
final class MemoryQueue implements RunQueue {

    private final Tables tables;
    private final Followers followers;

    MemoryQueue(Tables tables, Followers followers) {
        this.tables = tables;
        this.followers = followers;
    }

    @Override
    public List<Claim> claim(ClaimRequest request) {
        List<Hint> hints = new ArrayList<>();
        List<Claim> claims = tables.at(now -> {
            QueueRoom room = new QueueRoom(tables, request.limits(), now);
            List<StoredRun> chosen = new ArrayList<>();
            Iterator<StoredRun> due = tables.tenancy
                    .due(now)
                    .filter(run -> request.workflows().contains(run.spec.workflow()))
                    .iterator();
            while (chosen.size() < request.max() && due.hasNext()) {
                StoredRun run = due.next();
                if (room.take(run)) {
                    chosen.add(run);
                }
            }
            Map<StoredRun, NewEvent> starts = new LinkedHashMap<>();
            chosen.stream()
                    .filter(run -> run.row().status() == RunStatus.QUEUED)
                    .forEach(run -> starts.put(run, request.start().apply(run.epoch() + 1)));
            chosen.forEach(run -> tables.tenancy.claim(run, request.node(), now));
            starts.forEach((run, event) -> {
                tables.feed.add(run.append(tables.feed.nextId(), event, now));
                run.project(Projection.of(run.row().started(), Ready.held()), now);
                hints.add(new Hint.Changed(run.id, run.lastSeq()));
            });
            return chosen.stream().map(run -> new Claim(run.id, run.epoch())).toList();
        });
        hints.forEach(followers::tell);
        return claims;
    }

    @Override
    public Map<RunId, Long> held(NodeId node) {
        return tables.get(() -> {
            Map<RunId, Long> held = new LinkedHashMap<>();
            tables.tenancy.heldBy(node).forEach(run -> held.put(run.id, run.lastSeq()));
            return held;
        });
    }

    @Override
    public int ready(Collection<WorkflowRef> workflows, int atMost) {
        Set<WorkflowRef> any = Set.copyOf(workflows);
        return tables.at(now -> (int) tables.tenancy
                .due(now)
                .filter(run -> any.contains(run.spec.workflow()))
                .limit(atMost)
                .count());
    }

    @Override
    public Optional<Instant> nextReady(Collection<WorkflowRef> workflows) {
        Set<WorkflowRef> any = Set.copyOf(workflows);
        return tables.at(now -> Stream.concat(tables.tenancy.due(now), tables.tenancy.later().stream())
                .filter(run -> any.contains(run.spec.workflow()))
                .findFirst()
                .map(run -> Instant.ofEpochMilli(run.readyAt())));
    }

    @Override
    public Instant beat(NodeBeat beat) {
        return tables.at(now -> {
            StoredNode known = tables.nodes.get(beat.node());
            long startedAt = known == null ? now : known.startedAt();
            tables.nodes.put(beat.node(), new StoredNode(beat.node(), startedAt, now, beat.capacity()));
            return Instant.ofEpochMilli(now);
        });
    }

    @Override
    public List<NodeId> recover(NodeId self, Duration deadAfter) {
        List<NodeId> dead = tables.at(now -> {
            Set<NodeId> silent = new TreeSet<>(StoredNode.BY_ID);
            tables.nodes.values().stream()
                    .filter(node -> node.silentFor(deadAfter, now))
                    .forEach(node -> silent.add(node.id()));
            tables.tenancy.holders().stream()
                    .filter(holder -> !tables.nodes.containsKey(holder))
                    .forEach(silent::add);
            silent.remove(self);
            silent.forEach(node -> forget(node, now));
            return List.copyOf(silent);
        });
        if (!dead.isEmpty()) {
            followers.tell(new Hint.Ready());
        }
        return dead;
    }

    @Override
    public void leave(NodeId node) {
        tables.at(now -> {
            forget(node, now);
            return node;
        });
        followers.tell(new Hint.Ready());
    }

    private void forget(NodeId node, long now) {
        tables.nodes.remove(node);
        new HashSet<>(tables.tenancy.heldBy(node)).forEach(run -> tables.tenancy.takeAway(run, now));
    }
}
