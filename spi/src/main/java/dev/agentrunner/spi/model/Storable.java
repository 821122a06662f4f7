package dev.agentrunner.spi.model;

/** The texts that every store can keep and give back character for character. */
public final class Storable {

    private Storable() {}

    /**
     * Takes a text that has neither a NUL character nor half of a surrogate pair, and gives it back.
     *
     * @param what names it in the message
     * @throws IllegalArgumentException if it has; databases would cut, replace or refuse it
     */
    public static String text(String what, String text) {
        int bad = firstBad(text, 0);
        if (bad >= 0) {
            throw new IllegalArgumentException("%s has a character that cannot be stored (U+%04X at %d); leave it out"
                    .formatted(what, (int) text.charAt(bad), bad));
        }
        return text;
    }

    /** Writes what cannot be stored as JSON escapes, which within a JSON string means the same. */
    static String json(String text) {
        int bad = firstBad(text, 0);
        if (bad < 0) {
            return text;
        }
        StringBuilder out = new StringBuilder(text.length() + 16);
        int copied = 0;
        for (; bad >= 0; bad = firstBad(text, copied)) {
            out.append(text, copied, bad).append("\\u%04x".formatted((int) text.charAt(bad)));
            copied = bad + 1;
        }
        return out.append(text, copied, text.length()).toString();
    }

    private static int firstBad(String text, int from) {
        for (int i = from; i < text.length(); i++) {
            char c = text.charAt(i);
            if (c == 0) {
                return i;
            }
            if (Character.isSurrogate(c)) {
                boolean pair = Character.isHighSurrogate(c)
                        && i + 1 < text.length()
                        && Character.isLowSurrogate(text.charAt(i + 1));
                if (!pair) {
                    return i;
                }
                i++;
            }
        }
        return -1;
    }
}
