package dev.agentrunner.files;

import dev.agentrunner.spi.artifact.CorruptBlobException;
import dev.agentrunner.spi.model.Blob;
import java.io.IOException;
import java.io.InputStream;
import java.security.MessageDigest;
import java.util.HexFormat;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/** Exactly the asked bytes of a blob, or an exception; the whole blob is verified before its end is reported. */
final class BlobStream extends InputStream {

    private final InputStream in;
    private final Blob blob;
    private final @Nullable MessageDigest digest;
    private long left;
    private boolean verified;

    BlobStream(InputStream in, Blob blob, long length) {
        this.in = in;
        this.blob = blob;
        this.left = length;
        this.digest = length == blob.size() ? Sums.sha256() : null;
    }

    @Override
    public int read() throws IOException {
        byte[] one = new byte[1];
        int n = read(one, 0, 1);
        return n < 0 ? -1 : one[0] & 0xff;
    }

    @Override
    public int read(byte[] target, int offset, int length) throws IOException {
        Objects.checkFromIndexSize(offset, length, target.length);
        if (length == 0) {
            return 0;
        }
        if (left == 0) {
            verify();
            return -1;
        }
        int n = in.read(target, offset, (int) Math.min(length, left));
        if (n < 0) {
            throw new CorruptBlobException(blob, "an end " + left + " bytes early");
        }
        left -= n;
        if (digest != null) {
            digest.update(target, offset, n);
        }
        return n;
    }

    private void verify() throws IOException {
        if (digest == null || verified) {
            return;
        }
        if (in.read() >= 0) {
            throw new CorruptBlobException(blob, "more bytes");
        }
        String found = HexFormat.of().formatHex(digest.digest());
        if (!found.equals(blob.sha256())) {
            throw new CorruptBlobException(blob, "sha256 " + found);
        }
        verified = true;
    }

    @Override
    public int available() throws IOException {
        return (int) Math.min(in.available(), left);
    }

    @Override
    public void close() throws IOException {
        in.close();
    }
}
