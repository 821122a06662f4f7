package dev.agentrunner.workspace.files;

import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.nio.channels.Channels;
import java.nio.channels.FileChannel;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.nio.file.attribute.PosixFilePermissions;
import java.security.DigestOutputStream;
import java.security.MessageDigest;
import java.util.HexFormat;

/**
 * A directory of one's own, outside of the workspace but on its file system, where files are complete before they appear
 * in it. What is left in it is deleted when it is closed. Not thread-safe.
 */
public final class Staging implements AutoCloseable {

    private static final int FOLDER_MODE = 0755;

    private final Folder folder;
    private final Runnable closed;
    private int count;

    private Staging(Folder folder, Runnable closed) {
        this.folder = folder;
        this.closed = closed;
    }

    /** @param closed called once it is closed */
    static Staging in(Path outside, Runnable closed) throws IOException {
        Path made = Files.createTempDirectory(
                Files.createDirectories(outside, PosixFilePermissions.asFileAttribute(Modes.permissions(Modes.OWNER))),
                "staging-");
        return new Staging(Folder.at(made), closed);
    }

    /**
     * A file that is complete.
     *
     * @param name in the staging directory
     */
    public record Staged(Path name, long size, String sha256) {}

    /** Takes all bytes. */
    public Staged write(InputStream bytes, int mode) throws IOException {
        Path name = next();
        MessageDigest sum = Sha256.start();
        long size;
        try (OutputStream file = new DigestOutputStream(
                Files.newOutputStream(folder.path().resolve(name), StandardOpenOption.CREATE_NEW), sum)) {
            size = bytes.transferTo(file);
        }
        folder.setMode(name, mode);
        return new Staged(name, size, HexFormat.of().formatHex(sum.digest()));
    }

    /** Takes all bytes, and waits until they are on the disk. */
    Staged writeLasting(byte[] bytes, int mode) throws IOException {
        Staged staged = write(new ByteArrayInputStream(bytes), mode);
        try (FileChannel file = FileChannel.open(folder.path().resolve(staged.name()), StandardOpenOption.READ)) {
            file.force(true);
        }
        return staged;
    }

    /** Keeps a copy of a file of the workspace. */
    Staged copy(Folder from, Path name) throws IOException {
        try (OpenFile file = from.open(name);
                InputStream bytes = Channels.newInputStream(file.channel())) {
            return write(bytes, file.entry().mode());
        }
    }

    /** Lets a complete file appear in the workspace, in place of the one that is there. */
    public void publish(Staged staged, Folder into, Path as) throws IOException {
        folder.move(staged.name(), into, as);
    }

    /** Makes a directory in the workspace. */
    void makeFolder(Folder into, Path as) throws IOException {
        Path name = next();
        Files.createDirectory(folder.path().resolve(name));
        folder.setMode(name, FOLDER_MODE);
        folder.move(name, into, as);
    }

    /** Takes an entry out of the workspace, with all that is in it. */
    public void discard(Folder from, Path name) throws IOException {
        from.move(name, folder, next());
    }

    private Path next() {
        return Path.of(Integer.toString(count++));
    }

    @Override
    public void close() throws IOException {
        try {
            folder.close();
            Trash.purge(folder.path());
        } finally {
            closed.run();
        }
    }
}
