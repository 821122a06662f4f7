package dev.agentrunner.jdbc.blob;

import dev.agentrunner.spi.artifact.CorruptBlobException;
import dev.agentrunner.spi.model.Blob;
import java.io.FilterInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.security.MessageDigest;
import java.util.HexFormat;
import org.jspecify.annotations.Nullable;

/** Passes a whole blob on, and compares its sum before the end is reported. */
final class VerifyingStream extends FilterInputStream {

    private final Blob blob;
    private @Nullable MessageDigest sum = Sha256.start();
    private long size;

    VerifyingStream(InputStream bytes, Blob blob) {
        super(bytes);
        this.blob = blob;
    }

    @Override
    public int read() throws IOException {
        byte[] one = new byte[1];
        return read(one, 0, 1) < 0 ? -1 : one[0] & 0xff;
    }

    @Override
    public int read(byte[] target, int offset, int length) throws IOException {
        int count = super.read(target, offset, length);
        if (count > 0 && sum != null) {
            sum.update(target, offset, count);
            size += count;
        }
        if (count < 0) {
            verify();
        }
        return count;
    }

    /** Reads what is skipped, because its sum is needed. */
    @Override
    public long skip(long count) throws IOException {
        byte[] buffer = new byte[8192];
        long skipped = 0;
        while (skipped < count) {
            int read = read(buffer, 0, (int) Math.min(buffer.length, count - skipped));
            if (read < 0) {
                break;
            }
            skipped += read;
        }
        return skipped;
    }

    @Override
    public boolean markSupported() {
        return false;
    }

    private void verify() throws IOException {
        MessageDigest finished = sum;
        if (finished == null) {
            return;
        }
        String found = HexFormat.of().formatHex(finished.digest());
        if (size != blob.size() || !found.equals(blob.sha256())) {
            sum = Sha256.start();
            throw new CorruptBlobException(blob, size + " bytes, sha256 " + found);
        }
        sum = null;
    }
}
