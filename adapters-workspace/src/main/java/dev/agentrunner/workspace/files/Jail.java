package dev.agentrunner.workspace.files;

import java.io.IOException;
import java.nio.file.NoSuchFileException;
import java.nio.file.NotDirectoryException;
import java.nio.file.Path;
import java.util.concurrent.locks.Lock;

/**
 * A directory, and the way to what is in it. Each name on the way is opened in the directory before it, so that no link
 * is followed, also none that appears meanwhile. Immutable.
 */
public final class Jail {

    private final Path directory;
    private final Path outside;

    private final Lock turn;

    /** @param outside where files are prepared; on the same file system, and not in the directory */
    public Jail(Path directory, Path outside) {
        this.directory = directory;
        this.outside = outside;
        this.turn = Turns.of(directory);
    }

    /** A directory that is missing on the way. */
    @FunctionalInterface
    interface Missing {
        void in(Folder folder, Path name, String path) throws IOException;
    }

    /** Opens the directory itself. */
    public Folder root() throws IOException {
        try {
            return Folder.at(directory);
        } catch (NoSuchFileException | NotDirectoryException | OddException e) {
            throw Refusals.gone(directory, e);
        }
    }

    /** A place for files that are not in it yet, for one at a time. */
    public Staging stage() throws IOException {
        turn.lock();
        try {
            return Staging.in(outside, turn::unlock);
        } catch (IOException | RuntimeException e) {
            turn.unlock();
            throw e;
        }
    }

    /** Opens the directory that a path is in. */
    Folder parent(RelativePath path) throws IOException {
        return parent(path, (folder, name, at) -> {
            throw new NoSuchFileException(at);
        });
    }

    /** Opens the directory that a path is in, made if it is missing. */
    public Folder madeParent(RelativePath path, Staging staging) throws IOException {
        return parent(path, (folder, name, at) -> staging.makeFolder(folder, name));
    }

    Folder parent(RelativePath path, Missing missing) throws IOException {
        Folder folder = root();
        try {
            for (int i = 0; i < path.folders().size(); i++) {
                Path name = path.folders().get(i);
                if (!folder.has(name)) {
                    missing.in(folder, name, path.parents().get(i));
                }
                Folder next = enter(folder, name);
                folder.close();
                folder = next;
            }
            return folder;
        } catch (IOException | RuntimeException e) {
            folder.close();
            throw e;
        }
    }

    static Folder enter(Folder folder, Path name) throws IOException {
        Entry.Kind kind = folder.look(name).kind();
        return switch (kind) {
            case DIRECTORY -> folder.child(name);
            case FILE -> throw new NotDirectoryException(name.toString());
            case LINK, OTHER -> throw new OddException(name, "leads through a link or a special file");
        };
    }
}
