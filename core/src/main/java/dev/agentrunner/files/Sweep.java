package dev.agentrunner.files;

import dev.agentrunner.spi.artifact.ArtifactStore.Listing;
import java.io.IOException;
import java.nio.channels.FileChannel;
import java.nio.channels.FileLock;
import java.nio.file.DirectoryStream;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.StandardOpenOption;
import java.nio.file.attribute.FileTime;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.regex.Pattern;

/**
 * One sweep through the folder.
 *
 * <p>A put may refresh a blob at any moment, also between the question whether it is listed and its deletion.
 * So an unlisted old blob is first moved out of the way, which is atomic, and only then its age is looked at
 * again: what a put refreshed before the move is young now and goes back, what a put brings after the move
 * lands in the empty place. Readers look in both places, so neither move makes a blob disappear. At most one
 * sweep is under way in a folder; what an interrupted one left out of the way is put back by the next.
 */
final class Sweep {

    private static final int BATCH = 200;

    /**
     * What this process sweeps. It opens the lock of such a folder no second time: closing a file gives up all locks that the
     * process has on it (POSIX), and the JVM's own record of them has let a second sweep begin.
     */
    private static final Set<Path> SWEPT_HERE = ConcurrentHashMap.newKeySet();

    private final Layout layout;
    private final Instant now;
    private final Instant youngAfter;
    private final Listing listing;
    private int deleted;

    Sweep(Layout layout, Instant now, Duration minAge, Listing listing) {
        this.layout = layout;
        this.now = now;
        this.youngAfter =
                Duration.between(Instant.EPOCH, now).compareTo(minAge) < 0 ? Instant.EPOCH : now.minus(minAge);
        this.listing = listing;
    }

    int run() throws IOException {
        Path folder = layout.root.toRealPath();
        if (!SWEPT_HERE.add(folder)) {
            return 0;
        }
        try (FileChannel channel = FileChannel.open(layout.lock, StandardOpenOption.CREATE, StandardOpenOption.WRITE);
                FileLock alone = channel.tryLock()) {
            return alone == null ? 0 : sweep();
        } finally {
            SWEPT_HERE.remove(folder);
        }
    }

    private int sweep() throws IOException {
        for (Path interrupted : entries(layout.doomed, Layout.SUM)) {
            putBack(interrupted);
        }
        for (Path part : entries(layout.incoming, Pattern.compile(".*\\.part"))) {
            if (isOld(part)) {
                Files.deleteIfExists(part);
            }
        }
        for (Path first : entries(layout.root, Layout.FAN)) {
            for (Path second : entries(first, Layout.FAN)) {
                List<Path> blobs = entries(second, Layout.SUM);
                for (int from = 0; from < blobs.size(); from += BATCH) {
                    batch(blobs.subList(from, Math.min(blobs.size(), from + BATCH)));
                }
            }
        }
        return deleted;
    }

    private void batch(List<Path> blobs) throws IOException {
        List<String> old = new ArrayList<>();
        for (Path blob : blobs) {
            if (isOld(blob)) {
                old.add(blob.getFileName().toString());
            }
        }
        if (old.isEmpty()) {
            return;
        }
        Set<String> listed = listing.among(old);
        for (String sum : old) {
            if (!listed.contains(sum)) {
                doom(sum);
            }
        }
    }

    private void doom(String sum) throws IOException {
        Path doomed = layout.doomed(sum);
        Files.move(layout.blob(sum), doomed, StandardCopyOption.ATOMIC_MOVE);
        if (isOld(doomed)) {
            Files.delete(doomed);
            deleted++;
        } else {
            putBack(doomed);
        }
    }

    /** Made young first, so that it may replace what a put brings to the same place at the same time. */
    private void putBack(Path doomed) throws IOException {
        Path place = layout.durableBlob(doomed.getFileName().toString());
        Files.setLastModifiedTime(doomed, FileTime.from(now));
        Files.move(doomed, place, StandardCopyOption.ATOMIC_MOVE);
    }

    private boolean isOld(Path file) throws IOException {
        try {
            return !Files.getLastModifiedTime(file).toInstant().isAfter(youngAfter);
        } catch (NoSuchFileException e) {
            return false; // a put that has just moved its bytes on
        }
    }

    private static List<Path> entries(Path folder, Pattern name) throws IOException {
        List<Path> found = new ArrayList<>();
        try (DirectoryStream<Path> all = Files.newDirectoryStream(
                folder, path -> name.matcher(path.getFileName().toString()).matches())) {
            all.forEach(found::add);
        }
        return found;
    }
}
