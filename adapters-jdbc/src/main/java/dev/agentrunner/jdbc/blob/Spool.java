package dev.agentrunner.jdbc.blob;

import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.io.SequenceInputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.DigestOutputStream;
import java.security.MessageDigest;
import java.util.HexFormat;
import org.jspecify.annotations.Nullable;

/** The bytes of a put while their sum is not known yet: small ones in memory, large ones in a temporary file. */
final class Spool implements AutoCloseable {

    private static final int IN_MEMORY = 1 << 20;

    private final byte[] head;
    private final @Nullable Path file;
    private final long size;
    private final String sha256;

    private Spool(byte[] head, @Nullable Path file, long size, String sha256) {
        this.head = head;
        this.file = file;
        this.size = size;
        this.sha256 = sha256;
    }

    static Spool of(InputStream bytes) throws IOException {
        MessageDigest sum = Sha256.start();
        byte[] head = bytes.readNBytes(IN_MEMORY);
        sum.update(head);
        if (head.length < IN_MEMORY) {
            return new Spool(head, null, head.length, HexFormat.of().formatHex(sum.digest()));
        }
        Path file = Files.createTempFile("agent-runner-", ".blob");
        try (OutputStream out = new DigestOutputStream(Files.newOutputStream(file), sum)) {
            long rest = bytes.transferTo(out);
            return new Spool(head, file, head.length + rest, HexFormat.of().formatHex(sum.digest()));
        } catch (IOException | RuntimeException e) {
            Files.deleteIfExists(file);
            throw e;
        }
    }

    long size() {
        return size;
    }

    String sha256() {
        return sha256;
    }

    InputStream open() throws IOException {
        InputStream first = new ByteArrayInputStream(head);
        return file == null ? first : new SequenceInputStream(first, Files.newInputStream(file));
    }

    @Override
    public void close() throws IOException {
        if (file != null) {
            Files.deleteIfExists(file);
        }
    }
}
