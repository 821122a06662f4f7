package dev.agentrunner.http.request;

import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.Arrays;
import java.util.Base64;
import org.jspecify.annotations.Nullable;

/** Entity tags. */
public final class Etag {

    private static final int BYTES = 15;

    private Etag() {}

    /** Of this content, however it is sent. */
    public static String weak(byte[] content) {
        return "W/" + strong(content);
    }

    /** Of these bytes. */
    public static String strong(byte[] content) {
        byte[] sum = Arrays.copyOf(sha256(content), BYTES);
        return '"' + Base64.getUrlEncoder().withoutPadding().encodeToString(sum) + '"';
    }

    /** The SHA-256 of bytes. */
    public static byte[] sha256(byte[] content) {
        try {
            return MessageDigest.getInstance("SHA-256").digest(content);
        } catch (NoSuchAlgorithmException e) {
            throw new IllegalStateException("Every JDK has SHA-256", e);
        }
    }

    /** Whether an {@code If-None-Match} names the tag; compares weakly. */
    public static boolean matches(@Nullable String header, String tag) {
        if (header == null) {
            return false;
        }
        String bare = bare(tag);
        return Arrays.stream(header.split(","))
                .map(String::strip)
                .anyMatch(each -> each.equals("*") || bare(each).equals(bare));
    }

    private static String bare(String tag) {
        return tag.startsWith("W/") ? tag.substring(2) : tag;
    }
}
