package dev.agentrunner.memory;

import dev.agentrunner.spi.catalog.ArtifactView;
import dev.agentrunner.spi.catalog.Backlog;
import dev.agentrunner.spi.catalog.NodeView;
import dev.agentrunner.spi.catalog.Page;
import dev.agentrunner.spi.catalog.RunCatalog;
import dev.agentrunner.spi.catalog.RunQuery;
import dev.agentrunner.spi.catalog.RunView;
import dev.agentrunner.spi.catalog.StepView;
import dev.agentrunner.spi.catalog.Unfinished;
import dev.agentrunner.spi.model.ArtifactId;
import dev.agentrunner.spi.model.RunId;
import dev.agentrunner.spi.model.RunStatus;
import java.time.Instant;
import java.util.Collection;
import java.util.Comparator;
import java.util.EnumMap;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;
import java.util.function.Function;

/** Views, computed on every call. */
final class MemoryCatalog implements RunCatalog {

    private static final Comparator<StepView> BY_START = Comparator.<StepView>comparingLong(
                    step -> step.step().startedSeq())
            .thenComparing(step -> step.step().id().value());

    private final Tables tables;

    MemoryCatalog(Tables tables) {
        this.tables = tables;
    }

    @Override
    public Optional<RunView> run(RunId id) {
        return tables.get(() -> Optional.ofNullable(tables.runs.get(id)).map(StoredRun::view));
    }

    @Override
    public Page<RunView> runs(RunQuery query) {
        String cursor = query.page().cursor();
        RunId after = cursor == null ? null : RunCursor.parse(cursor);
        int limit = query.page().limit();
        return tables.get(() -> {
            var older = after == null ? tables.runs : tables.runs.headMap(after, false);
            List<RunView> found = older.descendingMap().values().stream()
                    .filter(new RunFilter(query))
                    .limit(limit + 1L)
                    .map(StoredRun::view)
                    .toList();
            return found.size() <= limit
                    ? new Page<>(found, null)
                    : new Page<>(
                            found.subList(0, limit),
                            RunCursor.after(found.get(limit - 1).id()));
        });
    }

    @Override
    public Map<RunStatus, Long> counts() {
        return tables.get(() -> {
            Map<RunStatus, Long> counts = new EnumMap<>(RunStatus.class);
            tables.runs.values().forEach(run -> counts.merge(run.row().status(), 1L, Long::sum));
            return counts;
        });
    }

    @Override
    public List<Unfinished> unfinished() {
        return tables.get(() -> {
            Map<Unfinished, Long> runs = new HashMap<>();
            tables.runs.values().stream()
                    .filter(run -> !run.row().status().isTerminal())
                    .map(run -> new Unfinished(
                            run.spec.workflow(), run.row().status(), run.row().waiting(), 1))
                    .forEach(one -> runs.merge(one, 1L, Long::sum));
            return runs.entrySet().stream()
                    .map(all -> new Unfinished(
                            all.getKey().workflow(),
                            all.getKey().status(),
                            all.getKey().waiting(),
                            all.getValue()))
                    .toList();
        });
    }

    @Override
    public List<Backlog> backlog() {
        return tables.at(now -> {
            Map<String, Backlog> queues = new TreeMap<>();
            tables.tenancy.due(now).forEach(run -> {
                Instant since = Instant.ofEpochMilli(run.readyAt());
                queues.merge(
                        run.spec.slot().queue(),
                        new Backlog(run.spec.slot().queue(), 1, since),
                        (some, more) -> new Backlog(
                                some.queue(), some.ready() + 1, some.oldest().isBefore(since) ? some.oldest() : since));
            });
            return List.copyOf(queues.values());
        });
    }

    @Override
    public List<StepView> steps(RunId id) {
        return ofRun(
                id,
                run -> run.steps.all().stream()
                        .map(step -> step.view(run))
                        .sorted(BY_START)
                        .toList());
    }

    @Override
    public List<ArtifactView> artifacts(RunId id) {
        return ofRun(id, StoredRun::artifacts);
    }

    @Override
    public Optional<ArtifactView> artifact(RunId id, ArtifactId artifact) {
        return artifacts(id).stream()
                .filter(made -> made.artifact().id().equals(artifact))
                .findFirst();
    }

    private <T> List<T> ofRun(RunId id, Function<StoredRun, List<T>> part) {
        return tables.get(() -> {
            StoredRun run = tables.runs.get(id);
            return run == null ? List.of() : part.apply(run);
        });
    }

    @Override
    public Set<String> listed(Collection<String> sha256) {
        Set<String> asked = Set.copyOf(sha256);
        return tables.get(() -> {
            Set<String> listed = new HashSet<>();
            for (StoredRun run : tables.runs.values()) {
                for (ArtifactView made : run.artifacts()) {
                    String sum = made.artifact().blob().sha256();
                    if (asked.contains(sum)) {
                        listed.add(sum);
                    }
                }
            }
            return listed;
        });
    }

    @Override
    public List<NodeView> nodes() {
        return tables.get(() -> tables.nodes.values().stream()
                .map(node -> node.view(tables.tenancy.heldBy(node.id()).size()))
                .toList());
    }
}
