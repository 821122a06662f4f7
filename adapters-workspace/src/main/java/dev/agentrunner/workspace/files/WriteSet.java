package dev.agentrunner.workspace.files;

import dev.agentrunner.spi.workspace.FileEntry;
import java.io.IOException;
import java.nio.file.NoSuchFileException;
import java.nio.file.NotDirectoryException;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/** Files that are written all or not at all: complete outside first, then moved in one by one, and back if one fails. */
final class WriteSet {

    private static final int FILES = 1_000;
    private static final int NEW_FILE = 0644;

    private final Map<RelativePath, byte[]> contents;

    private WriteSet(Map<RelativePath, byte[]> contents) {
        this.contents = contents;
    }

    /** Refuses sets of which the paths and sizes already tell that they cannot be written. */
    static WriteSet of(Map<String, byte[]> files, long maxFile) {
        if (files.size() > FILES) {
            throw Refusals.tooMany("A write", FILES);
        }
        Map<RelativePath, byte[]> contents = new LinkedHashMap<>();
        Set<String> folders = new HashSet<>();
        files.forEach((path, bytes) -> {
            RelativePath at = RelativePath.of(path);
            if (bytes.length > maxFile) {
                throw Refusals.tooLarge(path, maxFile);
            }
            folders.addAll(at.parents());
            contents.put(at, bytes);
        });
        for (String path : files.keySet()) {
            if (folders.contains(path)) {
                throw Refusals.forbidden(path, "is to be a file and the directory of another one");
            }
        }
        return new WriteSet(contents);
    }

    private record Change(
            RelativePath path,
            Staging.Staged staged,
            int mode,
            @Nullable Entry before) {

        FileEntry entry() {
            return new FileEntry(path.text(), mode, staged.size(), staged.sha256());
        }
    }

    /** What was written, in order. */
    List<FileEntry> writeTo(Jail jail) throws IOException {
        try (Staging staging = jail.stage()) {
            List<Change> changes = new ArrayList<>();
            for (RelativePath path : contents.keySet()) {
                target(jail, path);
            }
            for (Map.Entry<RelativePath, byte[]> file : contents.entrySet()) {
                Entry before = target(jail, file.getKey());
                int mode = before == null ? NEW_FILE : before.mode();
                Staging.Staged staged = staging.writeLasting(file.getValue(), mode);
                changes.add(new Change(file.getKey(), staged, mode, before));
            }
            apply(changes, jail, staging);
            return changes.stream().map(Change::entry).toList();
        }
    }

    /** The file that is there; null if there is none. */
    private static @Nullable Entry target(Jail jail, RelativePath path) throws IOException {
        try (Folder parent = jail.parent(path)) {
            Entry entry = parent.look(path.name());
            if (!entry.isPlain()) {
                throw Refusals.forbidden(path.text(), entry.oddity());
            }
            return entry;
        } catch (NoSuchFileException e) {
            return null;
        } catch (NotDirectoryException e) {
            throw Refusals.forbidden(path.text(), "leads through a file");
        } catch (OddException e) {
            throw Refusals.forbidden(path.text(), e.oddity());
        }
    }

    private static void apply(List<Change> changes, Jail jail, Staging staging) throws IOException {
        Undo undo = new Undo(jail, staging);
        try {
            for (int i = 0; i < changes.size(); i++) {
                boolean last = i == changes.size() - 1;
                apply(changes.get(i), jail, staging, undo, last);
            }
        } catch (IOException | RuntimeException e) {
            undo.run(e);
            throw e;
        }
    }

    private static void apply(Change change, Jail jail, Staging staging, Undo undo, boolean last) throws IOException {
        RelativePath path = change.path();
        try (Folder parent = jail.parent(path, (folder, name, at) -> {
            staging.makeFolder(folder, name);
            undo.madeFolder(RelativePath.of(at));
        })) {
            Staging.@Nullable Staged copy = change.before() == null || last ? null : staging.copy(parent, path.name());
            staging.publish(change.staged(), parent, path.name());
            undo.wrote(path, copy);
            parent.sync();
        }
    }
}
