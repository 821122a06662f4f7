package dev.agentrunner.yaml.schema;

import com.networknt.schema.regex.RegularExpression;
import java.util.regex.Pattern;

/**
 * A regular expression that gives up on texts for which it would go back and forth without end: it then does not match.
 * Finds a match anywhere, as JSON Schema has it. Thread-safe.
 */
record BoundedRegex(Pattern pattern) implements RegularExpression {

    /** How often a character is looked at, so that the same text always gives the same answer; and for each of them. */
    private static final long MOST_LOOKS = 1_000_000;

    private static final long MOST_LOOKS_AT_EACH = 100;

    /** @throws java.util.regex.PatternSyntaxException if it is none */
    static BoundedRegex of(String regex) {
        return new BoundedRegex(Pattern.compile(regex));
    }

    @Override
    public boolean matches(String value) {
        try {
            long most = MOST_LOOKS + MOST_LOOKS_AT_EACH * value.length();
            return pattern.matcher(new Watched(value, most)).find();
        } catch (TooManyLooks | StackOverflowError e) {
            return false;
        }
    }

    private static final class TooManyLooks extends RuntimeException {
        private static final long serialVersionUID = 1L;

        TooManyLooks() {
            super("a regular expression takes too long", null, false, false);
        }
    }

    private static final class Watched implements CharSequence {

        private final String text;
        private long left;

        Watched(String text, long left) {
            this.text = text;
            this.left = left;
        }

        @Override
        public char charAt(int index) {
            if (--left < 0) {
                throw new TooManyLooks();
            }
            return text.charAt(index);
        }

        @Override
        public int length() {
            return text.length();
        }

        @Override
        public CharSequence subSequence(int start, int end) {
            return text.substring(start, end);
        }

        @Override
        public String toString() {
            return text;
        }
    }
}
