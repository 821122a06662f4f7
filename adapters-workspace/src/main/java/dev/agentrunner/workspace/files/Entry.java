package dev.agentrunner.workspace.files;

import java.nio.file.attribute.FileTime;
import java.nio.file.attribute.PosixFileAttributes;
import java.util.Map;
import java.util.Objects;

/**
 * What is under a name.
 *
 * @param mode its permission bits
 * @param links how many names a file has
 */
public record Entry(Kind kind, int mode, int links, Stamp stamp) {

    /** What an entry can be. */
    public enum Kind {
        FILE,
        DIRECTORY,
        LINK,
        OTHER
    }

    /**
     * Differs if a file is another one, or has been written.
     *
     * @param key its device and number
     */
    public record Stamp(Object key, long size, FileTime modified, FileTime changed) {}

    static Entry of(PosixFileAttributes seen) {
        Kind kind = seen.isDirectory() ? Kind.DIRECTORY : seen.isSymbolicLink() ? Kind.LINK : Kind.OTHER;
        FileTime time = seen.lastModifiedTime();
        return new Entry(kind, Modes.bits(seen.permissions()), 1, new Stamp(seen.fileKey(), seen.size(), time, time));
    }

    /** From the attributes {@code size,mode,nlink,lastModifiedTime,ctime} of a file. */
    static Entry file(Object key, Map<String, Object> found) {
        return new Entry(
                Kind.FILE,
                (Integer) value(found, "mode") & Modes.ALL,
                (Integer) value(found, "nlink"),
                new Stamp(key, (Long) value(found, "size"), (FileTime) value(found, "lastModifiedTime"), (FileTime)
                        value(found, "ctime")));
    }

    private static Object value(Map<String, Object> found, String name) {
        return Objects.requireNonNull(found.get(name), name);
    }

    /** Whether it is a file that has no other name. */
    public boolean isPlain() {
        return kind == Kind.FILE && links == 1;
    }

    /** Why it is not plain, to be read after its path. */
    public String oddity() {
        return switch (kind) {
            case FILE -> "is a file that has other names, too (hard links)";
            case DIRECTORY -> "is a directory";
            case LINK -> "is a link";
            case OTHER -> "is a device, a FIFO or a socket";
        };
    }
}
