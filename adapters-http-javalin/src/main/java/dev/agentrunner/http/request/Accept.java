package dev.agentrunner.http.request;

import dev.agentrunner.http.problem.Kind;
import dev.agentrunner.http.problem.Problem;
import java.util.Locale;
import org.jspecify.annotations.Nullable;

/** What a client is willing to read. */
final class Accept {

    private Accept() {}

    /** Refuses a client that would not read this media type. */
    static void require(@Nullable String header, String mediaType) {
        if (header == null || header.isBlank()) {
            return;
        }
        int best = -1;
        boolean accepted = false;
        for (String part : header.toLowerCase(Locale.ROOT).split(",")) {
            String[] pieces = part.split(";");
            int precision = precision(pieces[0].strip(), mediaType);
            if (precision > best) {
                best = precision;
                accepted = !isZero(pieces);
            }
        }
        if (!accepted) {
            throw Problem.at(Kind.NOT_ACCEPTABLE, "Accept", "the answer is " + mediaType + "; accept that");
        }
    }

    private static int precision(String range, String mediaType) {
        if (range.equals(mediaType)) {
            return 2;
        }
        if (range.equals("*/*")) {
            return 0;
        }
        return range.equals(mediaType.substring(0, mediaType.indexOf('/')) + "/*") ? 1 : -1;
    }

    private static boolean isZero(String[] pieces) {
        for (int i = 1; i < pieces.length; i++) {
            if (pieces[i].strip().matches("q=0(\\.0{0,3})?")) {
                return true;
            }
        }
        return false;
    }
}
