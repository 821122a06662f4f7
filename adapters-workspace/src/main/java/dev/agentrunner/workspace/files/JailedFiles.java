package dev.agentrunner.workspace.files;

import dev.agentrunner.spi.workspace.FileEntry;
import dev.agentrunner.spi.workspace.WorkspaceFiles;
import java.io.IOException;
import java.io.InputStream;
import java.nio.file.NoSuchFileException;
import java.nio.file.NotDirectoryException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;

/**
 * The files of one directory. Thread-safe, as nothing is kept between calls.
 *
 * <p>That a file has other names is seen before and after it is opened. Somebody who runs programs as the same user, and
 * swaps names at the right moments, could have a file read that it could read itself.
 */
public final class JailedFiles implements WorkspaceFiles {

    private static final int LISTED = 100_000;

    private final Jail jail;
    private final long maxFile;

    /** @param maxFile the bytes of the largest file that is read or written at once */
    public JailedFiles(Jail jail, long maxFile) {
        this.jail = jail;
        this.maxFile = maxFile;
    }

    @Override
    public InputStream open(String path) {
        return opened(path).bytes();
    }

    private OpenFile opened(String path) {
        RelativePath at = RelativePath.of(path);
        try (Folder parent = jail.parent(at)) {
            return parent.open(at.name());
        } catch (IOException e) {
            throw Refusals.of(path, e);
        }
    }

    @Override
    public byte[] read(String path) {
        try (OpenFile file = opened(path);
                InputStream bytes = file.bytes()) {
            byte[] read = bytes.readNBytes((int) Math.min(maxFile + 1, Integer.MAX_VALUE - 8));
            if (read.length > maxFile) {
                throw Refusals.tooLarge(path, maxFile);
            }
            return read;
        } catch (IOException e) {
            throw Refusals.of(path, e);
        }
    }

    @Override
    public List<FileEntry> write(Map<String, byte[]> contents) {
        WriteSet set = WriteSet.of(contents, maxFile);
        try {
            return set.writeTo(jail);
        } catch (IOException e) {
            throw Refusals.of("", e);
        }
    }

    @Override
    public void delete(String path) {
        RelativePath at = RelativePath.of(path);
        try (Folder parent = jail.parent(at)) {
            Entry entry = parent.look(at.name());
            if (!entry.isPlain()) {
                throw Refusals.forbidden(path, entry.oddity());
            }
            parent.delete(at.name());
        } catch (NoSuchFileException | NotDirectoryException e) {
            return;
        } catch (IOException e) {
            throw Refusals.of(path, e);
        }
    }

    @Override
    public List<String> list(String directory) {
        List<String> paths = new ArrayList<>();
        Walk.Visitor visitor = new Walk.Visitor() {
            @Override
            public boolean enters(String path) {
                return true;
            }

            @Override
            public void file(Folder folder, Path name, String path, Entry entry) {
                if (paths.size() == LISTED) {
                    throw Refusals.tooMany("A list", LISTED);
                }
                paths.add(path);
            }

            @Override
            public void odd(String path, String reason) {}
        };
        try (Folder folder = folder(directory)) {
            Walk.below(folder, directory.isEmpty() ? "" : directory + "/", visitor);
        } catch (IOException e) {
            throw Refusals.of(directory, e);
        }
        return paths;
    }

    private Folder folder(String directory) throws IOException {
        if (directory.isEmpty()) {
            return jail.root();
        }
        RelativePath at = RelativePath.of(directory);
        try (Folder parent = jail.parent(at)) {
            return Jail.enter(parent, at.name());
        }
    }
}
