package dev.agentrunner.workspace.version;

/** Patterns of names. */
final class Glob {

    private Glob() {}

    /**
     * Whether {@code *} and {@code ?} can stand for parts of a text without {@code /} so that it becomes the text. Takes
     * at most the product of both lengths in steps.
     */
    static boolean matches(String pattern, String text) {
        int p = 0;
        int t = 0;
        int star = -1;
        int from = 0;
        while (t < text.length()) {
            if (p < pattern.length() && pattern.charAt(p) == '*') {
                star = p++;
                from = t;
            } else if (p < pattern.length() && fits(pattern.charAt(p), text.charAt(t))) {
                p++;
                t++;
            } else if (star >= 0 && text.charAt(from) != '/') {
                p = star + 1;
                t = ++from;
            } else {
                return false;
            }
        }
        while (p < pattern.length() && pattern.charAt(p) == '*') {
            p++;
        }
        return p == pattern.length();
    }

    private static boolean fits(char wanted, char found) {
        return wanted == '?' ? found != '/' : wanted == found;
    }
}
