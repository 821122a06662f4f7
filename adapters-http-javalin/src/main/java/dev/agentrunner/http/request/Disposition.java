package dev.agentrunner.http.request;

import java.nio.charset.StandardCharsets;
import java.util.Locale;
import java.util.Set;

/** How a browser takes a file of which nobody knows what it is (RFC 6266). */
public final class Disposition {

    /** What a browser shows and cannot run. */
    private static final Set<String> SHOWN = Set.of(
            "text/plain",
            "text/markdown",
            "text/csv",
            "application/json",
            "image/png",
            "image/jpeg",
            "image/gif",
            "image/webp");

    private static final String UNKNOWN = "application/octet-stream";
    private static final int MOST = 150;

    private Disposition() {}

    /** The media type to send: the given one, if it is one. */
    public static String mediaType(String given) {
        String type = given.strip();
        if (!type.matches(
                "[A-Za-z0-9!#$&^_.+-]{1,100}/[A-Za-z0-9!#$&^_.+-]{1,100}(\\s*;\\s*[A-Za-z0-9-]{1,50}=[A-Za-z0-9_.-]{1,50})*")) {
            return UNKNOWN;
        }
        boolean plainText = type.startsWith("text/") && type.indexOf(';') < 0;
        return plainText ? type + "; charset=utf-8" : type;
    }

    /** The header for a file of this name. The name is data: it may be a path, or meant to break out of the header. */
    public static String header(String name, String mediaType) {
        String type = mediaType.replaceFirst("\\s*;.*", "").toLowerCase(Locale.ROOT);
        String how = SHOWN.contains(type) ? "inline" : "attachment";
        String last = name.substring(Math.max(name.lastIndexOf('/'), name.lastIndexOf('\\')) + 1);
        String shorter = last.length() <= MOST ? last : last.substring(last.length() - MOST);
        String safe = shorter.isBlank() ? "artifact" : shorter;
        return how + "; filename=\"" + ascii(safe) + "\"; filename*=UTF-8''" + encoded(safe);
    }

    private static String ascii(String name) {
        StringBuilder out = new StringBuilder();
        name.codePoints().forEach(c -> out.append(c >= ' ' && c < 127 && "\"\\%;".indexOf(c) < 0 ? (char) c : '_'));
        return out.toString();
    }

    private static String encoded(String name) {
        StringBuilder out = new StringBuilder();
        for (byte b : name.getBytes(StandardCharsets.UTF_8)) {
            boolean plain = b > 0 && (Character.isLetterOrDigit(b) || "!#$&+-.^_`|~".indexOf(b) >= 0);
            out.append(plain ? Character.toString(b) : "%%%02X".formatted(b));
        }
        return out.toString();
    }
}
