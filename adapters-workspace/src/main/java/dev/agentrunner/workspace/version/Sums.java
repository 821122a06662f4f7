package dev.agentrunner.workspace.version;

import dev.agentrunner.workspace.files.Entry;
import dev.agentrunner.workspace.files.Folder;
import dev.agentrunner.workspace.files.OpenFile;
import dev.agentrunner.workspace.files.Sha256;
import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Path;
import java.security.MessageDigest;
import java.time.InstantSource;
import java.util.HexFormat;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import org.jspecify.annotations.Nullable;

/**
 * The sums of the files of one workspace. A file is read again only if it is another one or has been written since.
 * Thread-safe.
 *
 * <p>Clocks of file systems are coarse: a file that changed right before it was read can change again without a trace. So
 * a sum is kept only if the file's last change was at least a second before.
 */
public final class Sums {

    private static final long SETTLED_MILLIS = 1_000;
    private static final int TRIES = 3;

    private final Map<String, Known> known = new ConcurrentHashMap<>();
    private final InstantSource clock;

    public Sums(InstantSource clock) {
        this.clock = clock;
    }

    private record Known(Entry.Stamp stamp, String sha256) {}

    /** A file with its sum, as it was at one moment. */
    record Summed(Entry entry, String sha256) {}

    /** The sum of a file; null if it kept changing while it was read. */
    @Nullable Summed of(Folder folder, Path name, String path, Entry entry) throws IOException {
        Summed before = known(path, entry);
        if (before != null) {
            return before;
        }
        for (int i = 0; i < TRIES; i++) {
            Summed summed = read(folder, name, path);
            if (summed != null) {
                return summed;
            }
        }
        return null;
    }

    /** What is known of a file without reading it. */
    @Nullable Summed known(String path, Entry entry) {
        Known sum = known.get(path);
        return sum != null && sum.stamp().equals(entry.stamp()) ? new Summed(entry, sum.sha256()) : null;
    }

    private @Nullable Summed read(Folder folder, Path name, String path) throws IOException {
        long begun = clock.millis();
        try (OpenFile file = folder.open(name)) {
            Entry before = file.entry();
            String sha256 = sum(file, before.stamp().size());
            if (sha256 == null || !folder.look(name).stamp().equals(before.stamp())) {
                return null;
            }
            if (before.stamp().changed().toMillis() < begun - SETTLED_MILLIS) {
                known.put(path, new Known(before.stamp(), sha256));
            }
            return new Summed(before, sha256);
        }
    }

    /** Null if it has another size by now. */
    private static @Nullable String sum(OpenFile file, long size) throws IOException {
        MessageDigest sum = Sha256.start();
        byte[] part = new byte[64 << 10];
        long rest = size;
        try (InputStream bytes = file.bytes()) {
            for (int read = bytes.read(part); read >= 0; read = bytes.read(part)) {
                rest -= read;
                if (rest < 0) {
                    return null;
                }
                sum.update(part, 0, read);
            }
        }
        return rest == 0 ? HexFormat.of().formatHex(sum.digest()) : null;
    }

    /** Forgets all other files. */
    void retain(Set<String> paths) {
        known.keySet().retainAll(paths);
    }
}
