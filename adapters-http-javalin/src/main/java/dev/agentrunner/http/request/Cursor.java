package dev.agentrunner.http.request;

import dev.agentrunner.spi.error.InvalidCursorException;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.Base64;
import org.jspecify.annotations.Nullable;

/** Where a list goes on: a number, and a sum by which it is known to be of that list. */
public final class Cursor {

    private static final int SUM = 8;

    private Cursor() {}

    /**
     * Makes one.
     *
     * @param list tells lists apart
     */
    public static String write(String list, long position) {
        byte[] bytes = ByteBuffer.allocate(Long.BYTES + SUM)
                .putLong(position)
                .put(sum(list, position))
                .array();
        return Base64.getUrlEncoder().withoutPadding().encodeToString(bytes);
    }

    /**
     * Takes one back; null gives null.
     *
     * @throws InvalidCursorException if it was not made for that list
     */
    public static @Nullable Long read(@Nullable String cursor, String list) {
        if (cursor == null) {
            return null;
        }
        try {
            ByteBuffer bytes = ByteBuffer.wrap(Base64.getUrlDecoder().decode(cursor));
            long position = bytes.remaining() == Long.BYTES + SUM ? bytes.getLong() : -1;
            if (position >= 0 && write(list, position).equals(cursor)) {
                return position;
            }
        } catch (IllegalArgumentException e) {
            throw new InvalidCursorException(cursor);
        }
        throw new InvalidCursorException(cursor);
    }

    private static byte[] sum(String list, long position) {
        return Arrays.copyOf(Etag.sha256((list + ":" + position).getBytes(StandardCharsets.UTF_8)), SUM);
    }
}
