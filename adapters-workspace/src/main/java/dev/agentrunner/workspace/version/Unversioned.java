package dev.agentrunner.workspace.version;

import dev.agentrunner.spi.workspace.FileEntry;
import dev.agentrunner.spi.workspace.WorkspaceVersions;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** A directory that is not the run's alone: nothing of it is versioned, and nothing is put back. */
public final class Unversioned implements WorkspaceVersions {

    @Override
    public Contents scan() {
        return new Contents(List.of(), List.of());
    }

    @Override
    public List<String> restore(List<FileEntry> files, Source source) {
        return List.of();
    }

    @Override
    public void mark(String version) {}

    @Override
    public @Nullable String marked() {
        return null;
    }
}
