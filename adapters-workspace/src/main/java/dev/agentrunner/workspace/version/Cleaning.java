package dev.agentrunner.workspace.version;

import dev.agentrunner.spi.workspace.FileEntry;
import dev.agentrunner.workspace.files.Entry;
import dev.agentrunner.workspace.files.Folder;
import dev.agentrunner.workspace.files.OddException;
import dev.agentrunner.workspace.files.Staging;
import dev.agentrunner.workspace.files.Walk;
import java.io.IOException;
import java.nio.file.AccessDeniedException;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Set;

/** Takes out of a directory what is not wanted and not ignored, and finds what can stay. Not thread-safe. */
final class Cleaning {

    private final Wanted wanted;
    private final Ignore ignore;
    private final Sums sums;
    private final Staging staging;
    private final List<String> touched = new ArrayList<>();
    private final Set<String> kept = new HashSet<>();

    Cleaning(Wanted wanted, Ignore ignore, Sums sums, Staging staging) {
        this.wanted = wanted;
        this.ignore = ignore;
        this.sums = sums;
        this.staging = staging;
    }

    /** Paths of files that were deleted, or got another mode. */
    List<String> touched() {
        return touched;
    }

    /** Paths of files that are as they should be. */
    Set<String> kept() {
        return kept;
    }

    void clean(Folder root) throws IOException {
        root.unlock();
        clean(root, "", false);
    }

    /**
     * @param ignored whether the directory is ignored, but for what is wanted in it
     * @return whether nothing is left in it
     */
    private boolean clean(Folder folder, String prefix, boolean ignored) throws IOException {
        boolean empty = true;
        for (Path name : folder.names()) {
            try {
                Entry entry = folder.look(name);
                String path = prefix + name;
                boolean stays = entry.kind() == Entry.Kind.DIRECTORY
                        ? cleanFolder(folder, name, path, ignored)
                        : cleanFile(folder, name, path, entry, ignored);
                empty &= !stays;
            } catch (NoSuchFileException e) {
                // it is gone, as it might have to be
            }
        }
        return empty;
    }

    private boolean cleanFile(Folder folder, Path name, String path, Entry entry, boolean ignored) throws IOException {
        boolean sayable = Walk.problem(name, path) == null;
        FileEntry file = sayable ? wanted.file(path) : null;
        if (file != null) {
            if (isEqual(folder, name, entry, file)) {
                if (entry.mode() != file.mode()) {
                    folder.setMode(name, file.mode());
                    touched.add(path);
                }
                kept.add(path);
            }
            return true;
        }
        if (!wanted.isFolder(path) && (ignored || ignore.ignores(path, false))) {
            return true;
        }
        folder.delete(name);
        touched.add(path);
        return false;
    }

    private boolean isEqual(Folder folder, Path name, Entry entry, FileEntry file) throws IOException {
        if (!entry.isPlain() || entry.stamp().size() != file.size()) {
            return false;
        }
        try {
            Sums.Summed summed = sums.of(folder, name, file.path(), entry);
            return summed != null && summed.sha256().equals(file.sha256());
        } catch (OddException | AccessDeniedException e) {
            return false;
        }
    }

    private boolean cleanFolder(Folder folder, Path name, String path, boolean ignored) throws IOException {
        boolean onTheWay = wanted.isFolder(path);
        boolean inTheWay = wanted.file(path) != null;
        boolean ignoredHere = ignored || ignore.ignores(path, true);
        if (ignoredHere && !onTheWay && !inTheWay) {
            return true;
        }
        if (Walk.problem(name, path) != null) {
            staging.discard(folder, name);
            touched.add(path);
            return false;
        }
        boolean empty;
        try (Folder child = folder.child(name)) {
            child.unlock();
            empty = clean(child, path + "/", ignoredHere);
        }
        if (inTheWay) {
            staging.discard(folder, name);
            return false;
        }
        if (empty && !onTheWay) {
            folder.deleteFolder(name);
            return false;
        }
        return true;
    }
}
