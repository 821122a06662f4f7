package dev.agentrunner.tck.fault;

import dev.agentrunner.spi.access.AccessKey;
import dev.agentrunner.spi.access.AccessKeys;
import dev.agentrunner.spi.access.AccessSession;
import dev.agentrunner.spi.access.AccessSessions;
import dev.agentrunner.spi.access.AuditEntry;
import dev.agentrunner.spi.access.AuditRecord;
import dev.agentrunner.spi.access.AuditTrail;
import dev.agentrunner.spi.access.StoredKey;
import dev.agentrunner.spi.artifact.ArtifactStore;
import dev.agentrunner.spi.catalog.ArtifactView;
import dev.agentrunner.spi.catalog.Backlog;
import dev.agentrunner.spi.catalog.NodeView;
import dev.agentrunner.spi.catalog.Page;
import dev.agentrunner.spi.catalog.RunCatalog;
import dev.agentrunner.spi.catalog.RunQuery;
import dev.agentrunner.spi.catalog.RunView;
import dev.agentrunner.spi.catalog.StepView;
import dev.agentrunner.spi.catalog.Unfinished;
import dev.agentrunner.spi.log.AppendOutcome;
import dev.agentrunner.spi.log.Commit;
import dev.agentrunner.spi.log.Hint;
import dev.agentrunner.spi.log.RunLog;
import dev.agentrunner.spi.model.ArtifactId;
import dev.agentrunner.spi.model.Blob;
import dev.agentrunner.spi.model.Event;
import dev.agentrunner.spi.model.NodeId;
import dev.agentrunner.spi.model.RunId;
import dev.agentrunner.spi.model.RunStatus;
import dev.agentrunner.spi.model.WorkflowRef;
import dev.agentrunner.spi.queue.Claim;
import dev.agentrunner.spi.queue.ClaimRequest;
import dev.agentrunner.spi.queue.NodeBeat;
import dev.agentrunner.spi.queue.RunQueue;
import dev.agentrunner.spi.store.RunRetention;
import dev.agentrunner.spi.store.Store;
import dev.agentrunner.spi.store.Tombstone;
import java.io.InputStream;
import java.time.Duration;
import java.time.Instant;
import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import java.util.function.Consumer;

/** A store that agrees to everything and does nothing. */
final class NoOpStore
        implements Store, RunLog, RunQueue, RunCatalog, RunRetention, ArtifactStore, AccessKeys, AuditTrail {

    @Override
    public String describe() {
        return "nothing";
    }

    @Override
    public RunLog log() {
        return this;
    }

    @Override
    public RunQueue queue() {
        return this;
    }

    @Override
    public RunCatalog catalog() {
        return this;
    }

    @Override
    public RunRetention retention() {
        return this;
    }

    @Override
    public ArtifactStore artifacts() {
        return this;
    }

    @Override
    public AccessKeys keys() {
        return this;
    }

    @Override
    public AccessSessions sessions() {
        return new NoSessions();
    }

    @Override
    public AuditTrail audit() {
        return this;
    }

    @Override
    public void close() {}

    @Override
    public CompletableFuture<AppendOutcome> append(Commit commit) {
        return CompletableFuture.completedFuture(new AppendOutcome.Appended(commit.lastSeq(), Instant.EPOCH));
    }

    @Override
    public List<Event> read(RunId run, long afterSeq, int limit) {
        return List.of();
    }

    @Override
    public Map<RunId, List<Event>> readAll(Collection<RunId> runs) {
        return Map.of();
    }

    @Override
    public List<Event> feed(long afterId, int limit) {
        return List.of();
    }

    @Override
    public long feedEnd() {
        return 0;
    }

    @Override
    public Subscription follow(Consumer<Hint> listener) {
        return () -> {};
    }

    @Override
    public List<Claim> claim(ClaimRequest request) {
        return List.of();
    }

    @Override
    public Map<RunId, Long> held(NodeId node) {
        return Map.of();
    }

    @Override
    public int ready(Collection<WorkflowRef> workflows, int atMost) {
        return 0;
    }

    @Override
    public Optional<Instant> nextReady(Collection<WorkflowRef> workflows) {
        return Optional.empty();
    }

    @Override
    public Instant beat(NodeBeat beat) {
        return Instant.EPOCH;
    }

    @Override
    public List<NodeId> recover(NodeId self, Duration deadAfter) {
        return List.of();
    }

    @Override
    public void leave(NodeId node) {}

    @Override
    public Optional<RunView> run(RunId run) {
        return Optional.empty();
    }

    @Override
    public Page<RunView> runs(RunQuery query) {
        return new Page<>(List.of(), null);
    }

    @Override
    public Map<RunStatus, Long> counts() {
        return Map.of();
    }

    @Override
    public List<Unfinished> unfinished() {
        return List.of();
    }

    @Override
    public List<Backlog> backlog() {
        return List.of();
    }

    @Override
    public List<StepView> steps(RunId run) {
        return List.of();
    }

    @Override
    public List<ArtifactView> artifacts(RunId run) {
        return List.of();
    }

    @Override
    public Optional<ArtifactView> artifact(RunId run, ArtifactId artifact) {
        return Optional.empty();
    }

    @Override
    public Set<String> listed(Collection<String> sha256) {
        return Set.of();
    }

    @Override
    public List<NodeView> nodes() {
        return List.of();
    }

    @Override
    public List<RunId> purgeFinishedBefore(Instant moment, int max) {
        return List.of();
    }

    @Override
    public boolean purge(RunId run) {
        return false;
    }

    @Override
    public Optional<Tombstone> tombstone(RunId run) {
        return Optional.empty();
    }

    @Override
    public Blob put(InputStream bytes) {
        return new Blob(0, "0".repeat(64), "nowhere:");
    }

    @Override
    public InputStream open(Blob blob, long offset, long length) {
        return InputStream.nullInputStream();
    }

    @Override
    public int sweep(Duration minAge, Listing listing) {
        return 0;
    }

    @Override
    public void add(AccessKey key, String sha256) {}

    @Override
    public Optional<StoredKey> find(String id) {
        return Optional.empty();
    }

    @Override
    public List<AccessKey> list() {
        return List.of();
    }

    @Override
    public boolean revoke(String id, Instant at) {
        return false;
    }

    @Override
    public void record(AuditEntry entry) {}

    @Override
    public List<AuditRecord> read(long afterId, int limit) {
        return List.of();
    }

    /** Apart, as a session is found by a text like a key is. */
    private static final class NoSessions implements AccessSessions {

        @Override
        public void begin(AccessSession session, Instant now) {}

        @Override
        public Optional<AccessSession> find(String sha256) {
            return Optional.empty();
        }

        @Override
        public void end(String sha256) {}
    }
}
