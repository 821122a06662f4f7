package dev.agentrunner.core.workspace;

import dev.agentrunner.core.codec.Values;
import dev.agentrunner.core.state.Note;
import dev.agentrunner.core.workspace.Manifest.StoredFile;
import dev.agentrunner.spi.model.ArtifactId;
import dev.agentrunner.spi.model.Blob;
import dev.agentrunner.spi.model.RunId;
import dev.agentrunner.spi.model.StepId;
import dev.agentrunner.spi.workspace.FileEntry;
import dev.agentrunner.spi.workspace.Workspace;
import dev.agentrunner.spi.workspace.WorkspaceException;
import dev.agentrunner.spi.workspace.WorkspacePolicy;
import dev.agentrunner.spi.workspace.WorkspaceVersions.Contents;
import dev.agentrunner.spi.workspace.WorkspaceVersions.LeftOut;
import dev.agentrunner.spi.workspace.Workspaces;
import java.io.ByteArrayInputStream;
import java.io.InputStream;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import java.util.concurrent.CancellationException;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.Executor;
import java.util.concurrent.RejectedExecutionException;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/**
 * A run's workspace while one node executes the run. Before anybody uses it, it is made what the log says; after each
 * attempt that used it, what has changed is kept and told to the log. Of attempts that overlap, the one that ends tells
 * of what it finds, what others have half done included; what is to be undone is undone when nobody is there.
 * Thread-safe.
 */
public final class RunWorkspace {

    /** Files are read whole; larger ones than this are not versioned by any place. */
    private static final int MOST = Integer.MAX_VALUE - 8;

    private final Workspaces workspaces;
    private final RunId run;
    private final WorkspacePolicy policy;
    private final Values values;
    private final Supplier<@Nullable Blob> recorded;
    private final Set<Stay> stays = ConcurrentHashMap.newKeySet();
    private final Set<LeftOut> leftOut = new HashSet<>(); // guarded by this
    private @Nullable Workspace workspace; // guarded by this
    private Manifest known = Manifest.EMPTY; // guarded by this
    private boolean asRecorded; // guarded by this
    private volatile boolean closed;

    /**
     * A workspace that nobody has used yet.
     *
     * @param recorded the manifest that the log says is the last one, if there is one
     */
    public RunWorkspace(
            Workspaces workspaces,
            RunId run,
            WorkspacePolicy policy,
            Values values,
            Supplier<@Nullable Blob> recorded) {
        this.workspaces = workspaces;
        this.run = run;
        this.policy = policy;
        this.values = values;
        this.recorded = recorded;
    }

    /** For looking only. */
    public synchronized Workspace look() {
        requireOpen();
        Workspace found = opened();
        if (stays.isEmpty()) {
            makeAsRecorded(found);
        }
        return found;
    }

    /** For an attempt. */
    public synchronized Stay enter() {
        Stay stay = new Stay(this, new LentWorkspace(look()));
        stays.add(stay);
        if (closed) {
            stay.lent().takeBack();
        }
        return stay;
    }

    /**
     * The run goes on elsewhere, or has ended: whoever is still in the workspace can do nothing there any more. Does not
     * wait; closing again does nothing.
     *
     * @param executor on which commands are ended that still run
     */
    public void close(Executor executor) {
        closed = true;
        for (Stay stay : stays) {
            stay.lent().takeBack();
            try {
                executor.execute(stay.lent()::endCommands);
            } catch (RejectedExecutionException e) {
                stay.lent().endCommands();
            }
        }
    }

    private void requireOpen() {
        if (closed) {
            throw new CancellationException("Run " + run + " is not executed here any more");
        }
    }

    /** Within this. */
    void left(Stay stay, boolean undo) {
        stays.remove(stay);
        asRecorded &= !undo;
    }

    /** What has changed since the last record, kept; within this. */
    List<Note> changes(StepId step, Supplier<ArtifactId> ids) {
        if (workspace == null || policy.name() != null || closed) {
            return List.of();
        }
        Contents contents = workspace.versions().scan();
        Map<String, StoredFile> before = known.byPath();
        Changes changes = new Changes(step, ids, values.codec().secrets());
        List<StoredFile> now = new ArrayList<>();
        List<LeftOut> missed = new ArrayList<>(contents.leftOut());
        for (FileEntry found : contents.files()) {
            StoredFile last = before.get(found.path());
            StoredFile stored = stored(workspace, found, last);
            if (stored == null) {
                missed.add(new LeftOut(found.path(), "was replaced or removed while it was looked at"));
            } else {
                before.remove(found.path());
                now.add(stored);
                changes.compare(last, stored);
            }
        }
        changes.removed(before.keySet());
        missed.removeIf(each -> !leftOut.add(each));
        changes.leftOut(missed);
        if (changes.isNone()) {
            return changes.notes();
        }
        Manifest next = new Manifest(now);
        Blob manifest = values.put(next.json());
        workspace.versions().mark(manifest.sha256());
        known = next;
        return changes.notes(manifest, now.size());
    }

    /** Null if the file is not there any more as it was found. */
    private @Nullable StoredFile stored(Workspace place, FileEntry found, @Nullable StoredFile last) {
        if (last != null && last.sha256().equals(found.sha256())) {
            return new StoredFile(found.path(), found.mode(), last.size(), last.sha256(), last.uri());
        }
        try {
            return StoredFile.of(found, values.put(() -> {
                try (InputStream bytes = place.files().open(found.path())) {
                    return new ByteArrayInputStream(bytes.readNBytes((int) Math.min(found.size(), MOST)));
                }
            }));
        } catch (WorkspaceException e) {
            return null;
        }
    }

    private Workspace opened() {
        Workspace found = workspace;
        if (found == null) {
            found = workspaces.open(run, policy);
            workspace = found;
        }
        return found;
    }

    private void makeAsRecorded(Workspace found) {
        if (asRecorded || policy.name() != null) {
            return;
        }
        Blob manifest = recorded.get();
        Manifest wanted = manifest == null ? Manifest.EMPTY : Manifest.read(values.json(manifest));
        String version = manifest == null ? "" : manifest.sha256();
        // Without putting back, what an attempt left here stays; but files that others changed elsewhere are fetched.
        if (policy.putBack() || !version.equals(found.versions().marked())) {
            Map<FileEntry, Blob> bytes = new HashMap<>();
            wanted.files().forEach(file -> bytes.put(file.entry(), file.blob()));
            found.versions()
                    .restore(
                            wanted.entries(), file -> values.artifacts().open(Objects.requireNonNull(bytes.get(file))));
            found.versions().mark(version);
        }
        known = wanted;
        asRecorded = true;
    }

    /** The files that a manifest lists, as artifacts of a step. */
    public static List<Note> listing(Values values, Blob manifest, StepId step, Supplier<ArtifactId> ids) {
        Changes changes = new Changes(step, ids, values.codec().secrets());
        Manifest.read(values.json(manifest)).files().forEach(file -> changes.compare(null, file));
        return changes.notes();
    }
}
