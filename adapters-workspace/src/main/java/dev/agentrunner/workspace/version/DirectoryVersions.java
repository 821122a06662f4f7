package dev.agentrunner.workspace.version;

import dev.agentrunner.spi.workspace.FileEntry;
import dev.agentrunner.spi.workspace.WorkspaceVersions;
import dev.agentrunner.workspace.files.Folder;
import dev.agentrunner.workspace.files.Jail;
import dev.agentrunner.workspace.files.Refusals;
import java.io.IOException;
import java.util.List;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/** The versions of a run's own directory. Thread-safe; a restore and what else changes files should not meet, though. */
public final class DirectoryVersions implements WorkspaceVersions {

    private final Jail jail;
    private final Ignore ignore;
    private final Limits limits;
    private final Sums sums;
    private final Mark mark;

    /** @param ignore patterns of what is not versioned */
    public DirectoryVersions(Jail jail, List<String> ignore, Limits limits, Sums sums, Mark mark) {
        this.jail = jail;
        this.ignore = Ignore.of(ignore);
        this.limits = limits;
        this.sums = sums;
        this.mark = mark;
    }

    @Override
    public Contents scan() {
        try (Folder root = jail.root()) {
            Contents found = new Scan(ignore, limits, sums).of(root);
            sums.retain(found.files().stream().map(FileEntry::path).collect(Collectors.toSet()));
            return found;
        } catch (IOException e) {
            throw Refusals.of("", e);
        }
    }

    @Override
    public List<String> restore(List<FileEntry> files, Source source) {
        Wanted wanted = Wanted.of(files);
        try {
            return new Restore(jail, wanted, ignore, sums).from(source);
        } catch (IOException e) {
            throw Refusals.of("", e);
        }
    }

    @Override
    public void mark(String version) {
        try {
            mark.set(version);
        } catch (IOException e) {
            throw Refusals.of("", e);
        }
    }

    @Override
    public @Nullable String marked() {
        try {
            return mark.get();
        } catch (IOException e) {
            throw Refusals.of("", e);
        }
    }
}
