package dev.agentrunner.memory;

import dev.agentrunner.spi.error.InvalidCursorException;
import dev.agentrunner.spi.model.RunId;
import java.nio.ByteBuffer;
import java.util.Base64;
import java.util.UUID;
import java.util.zip.CRC32;

/** The last run of a page, with a checksum so that a mistyped cursor is told from a real one. */
final class RunCursor {

    private static final int BYTES = 2 * Long.BYTES + Integer.BYTES;

    private RunCursor() {}

    static String after(RunId run) {
        ByteBuffer bytes = ByteBuffer.allocate(BYTES)
                .putLong(run.value().getMostSignificantBits())
                .putLong(run.value().getLeastSignificantBits());
        CRC32 sum = new CRC32();
        sum.update(bytes.array(), 0, 2 * Long.BYTES);
        bytes.putInt((int) sum.getValue());
        return Base64.getUrlEncoder().withoutPadding().encodeToString(bytes.array());
    }

    static RunId parse(String cursor) {
        ByteBuffer bytes;
        try {
            bytes = ByteBuffer.wrap(Base64.getUrlDecoder().decode(cursor));
        } catch (IllegalArgumentException e) {
            throw new InvalidCursorException(cursor);
        }
        if (bytes.remaining() != BYTES) {
            throw new InvalidCursorException(cursor);
        }
        RunId run = new RunId(new UUID(bytes.getLong(), bytes.getLong()));
        if (!after(run).equals(cursor)) {
            throw new InvalidCursorException(cursor);
        }
        return run;
    }
}
