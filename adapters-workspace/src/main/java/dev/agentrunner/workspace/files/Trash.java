package dev.agentrunner.workspace.files;

import java.io.IOException;
import java.nio.file.AccessDeniedException;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.util.ArrayDeque;
import java.util.Deque;

/**
 * Deletes directories with all that is in them, whatever somebody built there: links are not followed, and directories
 * in directories are moved to the top first, so that no depth is too much.
 */
public final class Trash {

    private final Folder top;
    private final Deque<Path> folders = new ArrayDeque<>();
    private long moved;

    private Trash(Folder top) {
        this.top = top;
    }

    /** Deletes a directory; does nothing if there is none. Nobody else uses it meanwhile. */
    public static void purge(Path directory) throws IOException {
        if (!Files.isDirectory(directory, LinkOption.NOFOLLOW_LINKS)) {
            Files.deleteIfExists(directory);
            return;
        }
        try (Folder top = Folder.at(directory)) {
            new Trash(top).empty();
        } catch (NoSuchFileException e) {
            return;
        }
        Files.deleteIfExists(directory);
    }

    private void empty() throws IOException {
        top.unlock();
        for (Path name : top.names()) {
            if (isFolder(top, name)) {
                folders.add(name);
            } else {
                top.delete(name);
            }
        }
        while (!folders.isEmpty()) {
            Path name = folders.remove();
            try (Folder folder = opened(top, name)) {
                flatten(folder);
            }
            top.deleteFolder(name);
        }
    }

    private void flatten(Folder folder) throws IOException {
        for (Path name : folder.names()) {
            if (isFolder(folder, name)) {
                opened(folder, name).close();
                Path fresh = fresh();
                folder.move(name, top, fresh);
                folders.add(fresh);
            } else {
                folder.delete(name);
            }
        }
    }

    /** Also one that its owner has locked. */
    private static Folder opened(Folder in, Path name) throws IOException {
        Folder folder;
        try {
            folder = in.child(name);
        } catch (AccessDeniedException e) {
            Files.setPosixFilePermissions(in.path().resolve(name), Modes.permissions(Modes.OWNER));
            folder = in.child(name);
        }
        folder.unlock();
        return folder;
    }

    private Path fresh() throws IOException {
        Path name;
        do {
            name = Path.of("." + moved++);
        } while (top.has(name));
        return name;
    }

    private static boolean isFolder(Folder folder, Path name) throws IOException {
        return folder.look(name).kind() == Entry.Kind.DIRECTORY;
    }
}
