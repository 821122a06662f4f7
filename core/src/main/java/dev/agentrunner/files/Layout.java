package dev.agentrunner.files;

import dev.agentrunner.spi.model.Blob;
import java.io.IOException;
import java.nio.channels.FileChannel;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.Locale;
import java.util.regex.Pattern;

/**
 * Where things are in the folder: {@code ab/cd/abcd…} a blob, {@code incoming} what is being put, {@code
 * doomed} what a sweep has taken out and may still put back, {@code sweep.lock} what the sweeping process locks.
 *
 * <p>Only a SHA-256 ever becomes part of a path; the uri of a blob is not looked at.
 */
final class Layout {

    static final Pattern SUM = Pattern.compile("[0-9a-f]{64}");
    static final Pattern FAN = Pattern.compile("[0-9a-f]{2}");
    private static final boolean WINDOWS =
            System.getProperty("os.name", "").toLowerCase(Locale.ROOT).startsWith("windows");

    final Path root;
    final Path incoming;
    final Path doomed;
    final Path lock;

    Layout(Path folder) throws IOException {
        root = folder.toAbsolutePath().normalize();
        incoming = root.resolve("incoming");
        doomed = root.resolve("doomed");
        lock = root.resolve("sweep.lock");
        Files.createDirectories(incoming);
        Files.createDirectories(doomed);
    }

    Path blob(String sum) {
        return folder(sum).resolve(sum);
    }

    /** Where a blob is, among others. */
    Path folder(String sum) {
        return fan(sum).resolve(sum.substring(2, 4));
    }

    private Path fan(String sum) {
        return root.resolve(sum.substring(0, 2));
    }

    Path doomed(String sum) {
        return doomed.resolve(sum);
    }

    /** The place of a blob, in folders that survive a power cut. */
    Path durableBlob(String sum) throws IOException {
        Path folder = folder(sum);
        if (!Files.isDirectory(folder)) {
            Files.createDirectories(folder);
            sync(root);
            sync(fan(sum));
        }
        return blob(sum);
    }

    /** Makes the entries of a folder durable; Windows does so by itself and cannot open folders. */
    static void sync(Path folder) throws IOException {
        if (WINDOWS) {
            return;
        }
        try (FileChannel channel = FileChannel.open(folder, StandardOpenOption.READ)) {
            channel.force(true);
        }
    }

    static Blob blob(long size, String sum) {
        return new Blob(size, sum, "file:" + sum.substring(0, 2) + "/" + sum.substring(2, 4) + "/" + sum);
    }
}
