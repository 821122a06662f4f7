package dev.agentrunner.files;

import dev.agentrunner.spi.model.Blob;
import java.io.IOException;
import java.io.InputStream;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.StandardOpenOption;
import java.nio.file.attribute.FileTime;
import java.security.MessageDigest;
import java.time.InstantSource;
import java.util.HexFormat;

/**
 * Takes bytes in: written to a file of their own, synced, and moved to their place in one step.
 *
 * <p>Bytes that are there already are replaced by the same ones: that makes them young for a sweep, mends them
 * if the disk had damaged them, and leaves no moment between looking and touching.
 */
final class Incoming {

    private static final int CHUNK = 64 * 1024;

    private final Layout layout;
    private final InstantSource clock;

    Incoming(Layout layout, InstantSource clock) {
        this.layout = layout;
        this.clock = clock;
    }

    Blob put(InputStream bytes) throws IOException {
        Path file = Files.createTempFile(layout.incoming, "put", ".part");
        try {
            MessageDigest digest = Sums.sha256();
            long size = write(bytes, file, digest);
            String sum = HexFormat.of().formatHex(digest.digest());
            Path place = layout.durableBlob(sum);
            Files.setLastModifiedTime(file, FileTime.from(clock.instant()));
            Files.move(file, place, StandardCopyOption.ATOMIC_MOVE);
            Layout.sync(layout.folder(sum));
            return Layout.blob(size, sum);
        } finally {
            Files.deleteIfExists(file);
        }
    }

    private static long write(InputStream bytes, Path file, MessageDigest digest) throws IOException {
        byte[] chunk = new byte[CHUNK];
        long size = 0;
        try (FileChannel out = FileChannel.open(file, StandardOpenOption.WRITE)) {
            for (int n = bytes.read(chunk); n >= 0; n = bytes.read(chunk)) {
                digest.update(chunk, 0, n);
                ByteBuffer rest = ByteBuffer.wrap(chunk, 0, n);
                while (rest.hasRemaining()) {
                    size += out.write(rest);
                }
            }
            out.force(true);
        }
        return size;
    }
}
