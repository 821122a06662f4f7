package dev.agentrunner.core.node;

import dev.agentrunner.core.journal.Background;
import dev.agentrunner.core.state.RunHistory;
import dev.agentrunner.core.state.Terms;
import dev.agentrunner.spi.catalog.Page;
import dev.agentrunner.spi.catalog.PageRequest;
import dev.agentrunner.spi.catalog.RunQuery;
import dev.agentrunner.spi.catalog.RunView;
import dev.agentrunner.spi.catalog.Unfinished;
import dev.agentrunner.spi.error.AgentRunnerException;
import dev.agentrunner.spi.model.Event;
import dev.agentrunner.spi.model.RunId;
import dev.agentrunner.spi.model.RunStatus;
import dev.agentrunner.spi.model.WorkflowRef;
import dev.agentrunner.spi.store.Store;
import dev.agentrunner.workflow.Workflow;
import dev.agentrunner.workflow.WorkflowSource;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.TimeUnit;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Keeps the registry as the sources of workflows say. Now and then it also looks for unfinished runs whose workflow
 * nobody declares any more, here or on a node that has gone: they have kept their text and are executed by it.
 */
final class Declarations implements AutoCloseable {

    private static final Logger LOG = LoggerFactory.getLogger(Declarations.class);
    private static final long EVERY_SECONDS = 30;

    private final Store store;
    private final Registry registry;
    private final List<WorkflowSource> sources;
    private final Runnable changed;
    private final Map<WorkflowSource, List<Workflow<?, ?>>> given = new LinkedHashMap<>(); // guarded by this

    /** @param changed called when there may be runs that can be executed now */
    Declarations(Store store, Registry registry, List<WorkflowSource> sources, Runnable changed) {
        this.store = store;
        this.registry = registry;
        this.sources = List.copyOf(sources);
        this.changed = changed;
    }

    void start(Set<String> providers, Background background) {
        if (sources.isEmpty()) {
            return;
        }
        WorkflowSource.Surroundings surroundings = new WorkflowSource.Surroundings(
                registry.refs().stream().map(WorkflowRef::name).collect(Collectors.toUnmodifiableSet()), providers);
        sources.forEach(source -> source.start(surroundings, all -> declare(source, all)));
        adoptUnfinished();
        background
                .timer()
                .scheduleWithFixedDelay(
                        () -> background.workers().execute(this::adoptUnfinished),
                        EVERY_SECONDS,
                        EVERY_SECONDS,
                        TimeUnit.SECONDS);
    }

    private synchronized void declare(WorkflowSource source, List<Workflow<?, ?>> workflows) {
        given.put(source, workflows);
        List<Workflow<?, ?>> all = new ArrayList<>();
        given.values().forEach(all::addAll);
        registry.declare(all);
        changed.run();
    }

    void adoptUnfinished() {
        try {
            store.catalog().unfinished().stream()
                    .map(Unfinished::workflow)
                    .distinct()
                    .filter(ref -> !registry.knows(ref))
                    .forEach(this::adopt);
        } catch (AgentRunnerException e) {
            LOG.warn("Could not look for runs whose workflow is not declared any more; trying again later", e);
        }
    }

    private void adopt(WorkflowRef ref) {
        try {
            Terms.Definition definition = definition(ref);
            if (definition != null && registry.reads(definition.format())) {
                registry.adopt(ref);
                LOG.info("Workflow {} is not declared any more; its unfinished runs go on as they began", ref);
                changed.run();
            }
        } catch (RuntimeException e) {
            LOG.warn("Could not tell what unfinished runs of {} need; trying again later", ref, e);
        }
    }

    /** What an unfinished run of the workflow has kept; null if it is one in code that this node does not have. */
    private Terms.@Nullable Definition definition(WorkflowRef ref) {
        RunQuery query = RunQuery.ALL.workflow(ref.name()).statuses(RunStatus.QUEUED, RunStatus.RUNNING);
        Page<RunView> page = store.catalog().runs(query);
        while (true) {
            Optional<RunId> found = page.items().stream()
                    .filter(view -> view.spec().workflow().equals(ref))
                    .map(RunView::id)
                    .findFirst();
            if (found.isPresent()) {
                List<Event> log = store.log().readAll(List.of(found.get())).get(found.get());
                return log == null
                        ? null
                        : RunHistory.of(log).run().birth().terms().definition();
            }
            if (page.nextCursor() == null) {
                return null;
            }
            page = store.catalog().runs(query.page(new PageRequest(PageRequest.FIRST.limit(), page.nextCursor())));
        }
    }

    @Override
    public void close() {
        sources.forEach(WorkflowSource::close);
    }
}
