package dev.agentrunner.workspace.version;

import dev.agentrunner.spi.workspace.FileEntry;
import dev.agentrunner.workspace.files.Refusals;
import dev.agentrunner.workspace.files.RelativePath;
import java.util.Collection;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.SortedMap;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;

/** The files that a directory is to have. Immutable. */
final class Wanted {

    private final SortedMap<String, FileEntry> files;
    private final Set<String> folders;

    private Wanted(SortedMap<String, FileEntry> files, Set<String> folders) {
        this.files = files;
        this.folders = folders;
    }

    /** Refuses paths that lead out, and those that cannot exist together. */
    static Wanted of(List<FileEntry> entries) {
        SortedMap<String, FileEntry> files = new TreeMap<>();
        Set<String> folders = new HashSet<>();
        for (FileEntry entry : entries) {
            folders.addAll(RelativePath.of(entry.path()).parents());
            if (files.put(entry.path(), entry) != null) {
                throw Refusals.forbidden(entry.path(), "is there twice");
            }
        }
        for (String path : files.keySet()) {
            if (folders.contains(path)) {
                throw Refusals.forbidden(path, "is to be a file and the directory of another one");
            }
        }
        return new Wanted(files, folders);
    }

    /** Sorted by path. */
    Collection<FileEntry> files() {
        return files.values();
    }

    @Nullable FileEntry file(String path) {
        return files.get(path);
    }

    boolean isFolder(String path) {
        return folders.contains(path);
    }
}
