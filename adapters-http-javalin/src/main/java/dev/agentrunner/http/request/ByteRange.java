package dev.agentrunner.http.request;

import dev.agentrunner.http.problem.Kind;
import dev.agentrunner.http.problem.Problem;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/** A part of some bytes (RFC 9110, 14). */
public record ByteRange(long offset, long length) {

    private static final Pattern ONE = Pattern.compile("bytes\\s*=\\s*([0-9]{0,18})\\s*-\\s*([0-9]{0,18})\\s*");

    /**
     * What a {@code Range} asks for; empty for all of it. Several ranges at once, other units and what cannot be read are
     * answered with all of it, as the standard allows.
     *
     * @throws Problem if the range begins behind the end
     */
    public static Optional<ByteRange> of(@Nullable String header, long size) {
        Matcher range = ONE.matcher(header == null ? "" : header);
        if (!range.matches()) {
            return Optional.empty();
        }
        String first = range.group(1);
        String last = range.group(2);
        if (first.isEmpty()) {
            return last.isEmpty() ? Optional.empty() : suffix(Long.parseLong(last), size);
        }
        long from = Long.parseLong(first);
        long to = last.isEmpty() ? Long.MAX_VALUE : Long.parseLong(last);
        if (to < from) {
            return Optional.empty();
        }
        if (from >= size) {
            throw outside(size);
        }
        return Optional.of(new ByteRange(from, Math.min(to, size - 1) - from + 1));
    }

    private static Optional<ByteRange> suffix(long length, long size) {
        if (length == 0 || size == 0) {
            throw outside(size);
        }
        long most = Math.min(length, size);
        return Optional.of(new ByteRange(size - most, most));
    }

    private static Problem outside(long size) {
        return Problem.at(Kind.RANGE_NOT_SATISFIABLE, "Range", "there are only " + size + " bytes")
                .header("Content-Range", "bytes */" + size);
    }

    /** The header of the answer. */
    public String header(long size) {
        return "bytes " + offset + "-" + (offset + length - 1) + "/" + size;
    }
}
