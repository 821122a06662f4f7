package dev.agentrunner.yaml.source;

/** Parts of a file in messages. */
public final class Excerpt {

    private static final int LONGEST = 60;
    private static final int LONGEST_SENTENCE = 300;

    private Excerpt() {}

    /** In one line, at most 60 characters, without control characters. */
    public static String of(String text) {
        return shortened(text, LONGEST);
    }

    /** The same of what a library says, which is longer. */
    public static String sentence(String text) {
        return shortened(text, LONGEST_SENTENCE);
    }

    private static String shortened(String text, int longest) {
        StringBuilder out = new StringBuilder();
        int at = 0;
        while (at < text.length() && out.length() < longest) {
            int c = text.codePointAt(at);
            boolean shown = !Character.isISOControl(c)
                    && Character.getType(c) != Character.FORMAT
                    && Character.getType(c) != Character.SURROGATE;
            out.appendCodePoint(shown ? c : c == '\n' || c == '\t' || c == '\r' ? ' ' : '?');
            at += Character.charCount(c);
        }
        return at < text.length() ? out + "…" : out.toString();
    }

    public static String quoted(String text) {
        return "'" + of(text) + "'";
    }
}
