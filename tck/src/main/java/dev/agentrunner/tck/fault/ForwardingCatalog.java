package dev.agentrunner.tck.fault;

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
import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/** Does what another catalog does; subclasses do one thing differently. */
public class ForwardingCatalog implements RunCatalog {

    protected final RunCatalog whole;

    public ForwardingCatalog(RunCatalog whole) {
        this.whole = whole;
    }

    @Override
    public Optional<RunView> run(RunId run) {
        return whole.run(run);
    }

    @Override
    public Page<RunView> runs(RunQuery query) {
        return whole.runs(query);
    }

    @Override
    public Map<RunStatus, Long> counts() {
        return whole.counts();
    }

    @Override
    public List<Unfinished> unfinished() {
        return whole.unfinished();
    }

    @Override
    public List<Backlog> backlog() {
        return whole.backlog();
    }

    @Override
    public List<StepView> steps(RunId run) {
        return whole.steps(run);
    }

    @Override
    public List<ArtifactView> artifacts(RunId run) {
        return whole.artifacts(run);
    }

    @Override
    public Optional<ArtifactView> artifact(RunId run, ArtifactId artifact) {
        return whole.artifact(run, artifact);
    }

    @Override
    public Set<String> listed(Collection<String> sha256) {
        return whole.listed(sha256);
    }

    @Override
    public List<NodeView> nodes() {
        return whole.nodes();
    }
}
