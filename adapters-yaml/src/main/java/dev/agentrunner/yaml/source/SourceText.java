package dev.agentrunner.yaml.source;

import dev.agentrunner.yaml.source.Scalar.Style;
import java.util.Arrays;
import java.util.stream.IntStream;
import org.jspecify.annotations.Nullable;

/** The text of a file, and where what is. Offsets are those of {@link String}. Immutable. */
final class SourceText {

    private final String file;
    private final String text;
    /** Where lines begin. */
    private final int[] lines;
    /** Offsets by number of code points, with the text's length at the end; null: they are the same. */
    private final int @Nullable [] codePoints;

    /** @param text a byte order mark at its begin is not part of it */
    SourceText(String file, String text) {
        this.file = file;
        this.text = text.startsWith("\uFEFF") ? text.substring(1) : text;
        this.lines = lines(this.text);
        this.codePoints = table(this.text);
    }

    private static int[] lines(String text) {
        IntStream ends = IntStream.range(0, text.length())
                .filter(i -> text.charAt(i) == '\n' || (text.charAt(i) == '\r' && !text.startsWith("\n", i + 1)));
        return IntStream.concat(IntStream.of(0), ends.map(end -> end + 1)).toArray();
    }

    private static int @Nullable [] table(String text) {
        int count = text.codePointCount(0, text.length());
        if (count == text.length()) {
            return null;
        }
        int[] offsets = new int[count + 1];
        for (int i = 0; i < count; i++) {
            offsets[i + 1] = text.offsetByCodePoints(offsets[i], 1);
        }
        return offsets;
    }

    String file() {
        return file;
    }

    String text() {
        return text;
    }

    /** Where the n-th code point begins; any number is taken. */
    int offsetOfCodePoint(int n) {
        if (codePoints == null) {
            return Math.max(0, Math.min(n, text.length()));
        }
        return codePoints[Math.max(0, Math.min(n, codePoints.length - 1))];
    }

    /** Where a value begins that has an anchor or a tag before it. */
    int afterProperties(int offset) {
        int at = offset;
        while (at < text.length() && (text.charAt(at) == '&' || text.charAt(at) == '!')) {
            while (at < text.length() && !Character.isWhitespace(text.charAt(at))) {
                at++;
            }
            while (at < text.length() && Character.isWhitespace(text.charAt(at))) {
                at++;
            }
        }
        return at;
    }

    Place place(int offset) {
        int at = Math.min(offset, text.length());
        int line = upTo(lines, at);
        return new Place(line + 1, codePoint(at) - codePoint(lines[line]) + 1);
    }

    private int codePoint(int offset) {
        return codePoints == null ? offset : upTo(codePoints, offset);
    }

    /** The index of the last that is not larger. */
    private static int upTo(int[] sorted, int value) {
        int index = Arrays.binarySearch(sorted, value);
        return index >= 0 ? index : -index - 2;
    }

    /**
     * Where a character of a scalar is written. White space can be written in many ways, so what is counted is all the
     * rest, which is there one to one, apart from escapes.
     */
    int offset(Scalar scalar, int index) {
        WrittenText written = new WrittenText(text, content(scalar), scalar.style());
        String value = scalar.written();
        for (int i = 0; i < Math.min(index, value.length()); i++) {
            if (!Character.isWhitespace(value.charAt(i))) {
                written.next();
            }
        }
        boolean blank = index >= value.length() || Character.isWhitespace(value.charAt(index));
        return blank ? written.end() : written.begin();
    }

    /** Where a scalar's own characters begin: after a quote, or after the line that opens a block. */
    private int content(Scalar scalar) {
        if (scalar.style() == Style.PLAIN) {
            return scalar.offset();
        }
        if (scalar.style() != Style.BLOCK) {
            return scalar.offset() + 1;
        }
        int offset = scalar.offset();
        while (offset < text.length() && text.charAt(offset) != '\n' && text.charAt(offset) != '\r') {
            offset++;
        }
        return offset;
    }
}
