package dev.agentrunner.workspace.files;

import dev.agentrunner.spi.workspace.WorkspaceException;
import java.io.IOException;
import java.nio.channels.FileChannel;
import java.nio.file.AccessDeniedException;
import java.nio.file.DirectoryIteratorException;
import java.nio.file.DirectoryStream;
import java.nio.file.FileSystemException;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.NoSuchFileException;
import java.nio.file.NotDirectoryException;
import java.nio.file.OpenOption;
import java.nio.file.Path;
import java.nio.file.SecureDirectoryStream;
import java.nio.file.StandardOpenOption;
import java.nio.file.attribute.PosixFileAttributeView;
import java.nio.file.attribute.PosixFileAttributes;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Set;

/**
 * An open directory. All that is done through it is done to this directory, wherever its path leads by then, and no link
 * in it is followed. Names are single names. Not thread-safe.
 *
 * <p>The number of a file's names and its time of change can only be asked for by path. They are believed only if the
 * path then led to the very file that is in this directory.
 */
public final class Folder implements AutoCloseable {

    private static final int TRIES = 5;
    private static final Set<OpenOption> READ = Set.of(StandardOpenOption.READ, LinkOption.NOFOLLOW_LINKS);
    private static final Path ITSELF = Path.of(".");

    private final SecureDirectoryStream<Path> stream;
    private final Path path;

    private Folder(DirectoryStream<Path> stream, Path path) throws IOException {
        if (!(stream instanceof SecureDirectoryStream<Path> secure)) {
            stream.close();
            throw new WorkspaceException(
                    "io", "The file system of " + path + " cannot be used safely; workspaces need one of Linux");
        }
        this.stream = secure;
        this.path = path;
    }

    /** Opens a directory. The way to it is trusted; that it is a directory itself and no link is not. */
    public static Folder at(Path directory) throws IOException {
        Path above = Objects.requireNonNull(directory.getParent(), "the top of the file system");
        try (DirectoryStream<Path> parent = Files.newDirectoryStream(above)) {
            return new Folder(parent, above).child(directory.getFileName());
        }
    }

    /** Opens a directory in it. */
    public Folder child(Path name) throws IOException {
        // Opening a FIFO would wait for whoever writes to it.
        if (look(name).kind() != Entry.Kind.DIRECTORY) {
            throw new NotDirectoryException(name.toString());
        }
        try {
            return new Folder(stream.newDirectoryStream(name, LinkOption.NOFOLLOW_LINKS), path.resolve(name));
        } catch (AccessDeniedException | NoSuchFileException e) {
            throw e;
        } catch (FileSystemException e) {
            throw OddException.swapped(name);
        }
    }

    /** The names in it. Asked once at most. */
    public List<Path> names() throws IOException {
        List<Path> names = new ArrayList<>();
        try {
            stream.forEach(entry -> names.add(entry.getFileName()));
        } catch (DirectoryIteratorException e) {
            throw e.getCause();
        }
        return names;
    }

    /** Looks at an entry. */
    public Entry look(Path name) throws IOException {
        for (int i = 0; i < TRIES; i++) {
            PosixFileAttributes seen = view(name).readAttributes();
            if (!seen.isRegularFile()) {
                return Entry.of(seen);
            }
            Map<String, Object> more = byPath(name);
            if (seen.fileKey().equals(more.get("fileKey"))) {
                return Entry.file(seen.fileKey(), more);
            }
        }
        throw OddException.swapped(name);
    }

    private Map<String, Object> byPath(Path name) {
        try {
            return Files.readAttributes(
                    path.resolve(name),
                    "unix:fileKey,mode,nlink,size,lastModifiedTime,ctime",
                    LinkOption.NOFOLLOW_LINKS);
        } catch (IOException e) {
            return Map.of();
        }
    }

    private PosixFileAttributeView view(Path name) {
        return stream.getFileAttributeView(name, PosixFileAttributeView.class, LinkOption.NOFOLLOW_LINKS);
    }

    /** Whether it has an entry of that name. */
    boolean has(Path name) throws IOException {
        try {
            view(name).readAttributes();
            return true;
        } catch (NoSuchFileException e) {
            return false;
        }
    }

    /** Opens a plain file for reading, which it was before and is afterwards. Anything else is {@link OddException}. */
    public OpenFile open(Path name) throws IOException {
        for (int i = 0; i < TRIES; i++) {
            Entry before = plain(name);
            FileChannel channel = channel(name, READ);
            try {
                if (plain(name).stamp().key().equals(before.stamp().key())) {
                    return new OpenFile(channel, before);
                }
            } catch (IOException e) {
                channel.close();
                throw e;
            }
            channel.close();
        }
        throw OddException.swapped(name);
    }

    private Entry plain(Path name) throws IOException {
        Entry entry = look(name);
        if (!entry.isPlain()) {
            throw new OddException(name, entry.oddity());
        }
        return entry;
    }

    private FileChannel channel(Path name, Set<OpenOption> options) throws IOException {
        try {
            return (FileChannel) stream.newByteChannel(name, options);
        } catch (FileSystemException e) {
            throw e;
        } catch (IOException e) {
            // a link, where there was none before
            throw OddException.swapped(name);
        }
    }

    /** Deletes whatever is under a name, unless it is a directory. */
    public void delete(Path name) throws IOException {
        stream.deleteFile(name);
    }

    /** Deletes an empty directory. */
    public void deleteFolder(Path name) throws IOException {
        stream.deleteDirectory(name);
    }

    /** Moves an entry, in place of what is there, at once. */
    public void move(Path name, Folder to, Path as) throws IOException {
        stream.move(name, to.stream, as);
    }

    /** Sets the permission bits of a file or directory. */
    public void setMode(Path name, int mode) throws IOException {
        view(name).setPermissions(Modes.permissions(mode));
    }

    /** Lets its owner do everything in it. */
    public void unlock() throws IOException {
        PosixFileAttributeView own = stream.getFileAttributeView(PosixFileAttributeView.class);
        int mode = Modes.bits(own.readAttributes().permissions());
        if ((mode & Modes.OWNER) != Modes.OWNER) {
            own.setPermissions(Modes.permissions(mode | Modes.OWNER));
        }
    }

    /** Makes what was done to its entries last. */
    void sync() throws IOException {
        try (FileChannel own = channel(ITSELF, READ)) {
            own.force(true);
        }
    }

    Path path() {
        return path;
    }

    @Override
    public void close() throws IOException {
        stream.close();
    }
}
