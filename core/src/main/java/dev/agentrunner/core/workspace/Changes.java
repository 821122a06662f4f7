package dev.agentrunner.core.workspace;

import dev.agentrunner.core.codec.Secrets;
import dev.agentrunner.core.state.Note;
import dev.agentrunner.core.state.WorkspaceNote;
import dev.agentrunner.core.workspace.Manifest.StoredFile;
import dev.agentrunner.spi.model.ArtifactId;
import dev.agentrunner.spi.model.ArtifactRow;
import dev.agentrunner.spi.model.Blob;
import dev.agentrunner.spi.model.StepId;
import dev.agentrunner.spi.workspace.WorkspaceVersions.LeftOut;
import dev.agentrunner.workflow.MediaTypes;
import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import java.util.function.Supplier;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/** Collects what a step has changed in the workspace. Used by one thread. */
final class Changes {

    /** Bytes of a file that a step wrote. */
    static final String FILE = "workspace";

    /** The list of all files after a step. */
    static final String MANIFEST = "manifest";

    private static final int NAMED = 20;

    private final StepId step;
    private final Supplier<ArtifactId> ids;
    private final Secrets secrets;
    private final List<Note> notes = new ArrayList<>();
    private final List<String> added = new ArrayList<>();
    private final List<String> modified = new ArrayList<>();
    private final List<String> removed = new ArrayList<>();

    Changes(StepId step, Supplier<ArtifactId> ids, Secrets secrets) {
        this.step = step;
        this.ids = ids;
        this.secrets = secrets;
    }

    void compare(@Nullable StoredFile before, StoredFile now) {
        if (now.isAt(before)) {
            return;
        }
        (before == null ? added : modified).add(now.path());
        if (before == null || !before.sha256().equals(now.sha256())) {
            list(now.path(), FILE, MediaTypes.ofFile(now.path()), now.blob());
        }
    }

    void removed(Collection<String> paths) {
        removed.addAll(paths);
    }

    /** Files that are not versioned, and were not told of before. */
    void leftOut(List<LeftOut> files) {
        if (!files.isEmpty()) {
            String some = files.stream()
                    .limit(NAMED)
                    .map(each -> each.path() + " (" + each.reason() + ")")
                    .collect(Collectors.joining(", "));
            String text = files.size() + " files are not versioned with the run, and will be missing where it goes on: "
                    + some + (files.size() > NAMED ? ", …" : "");
            notes.add(new Note.Log(step, "WARN", secrets.redact(text)));
        }
    }

    boolean isNone() {
        return added.isEmpty() && modified.isEmpty() && removed.isEmpty();
    }

    List<Note> notes() {
        return List.copyOf(notes);
    }

    /** All that is to be recorded of it; what was kept is listed, and so never swept. */
    List<Note> notes(Blob manifest, int files) {
        list("workspace.json", MANIFEST, "application/json", manifest);
        notes.add(new WorkspaceNote(step, manifest, files, new WorkspaceNote.Paths(added, modified, removed)));
        return notes();
    }

    private void list(String name, String kind, String mediaType, Blob blob) {
        notes.add(new Note.ArtifactCreated(new ArtifactRow(ids.get(), step, name, kind, mediaType, blob)));
    }
}
