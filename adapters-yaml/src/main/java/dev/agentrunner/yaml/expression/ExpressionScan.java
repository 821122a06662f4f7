package dev.agentrunner.yaml.expression;

/**
 * Finds where an expression ends that stands in a text, by the tokens of JSONata: texts in quotes, names in backquotes,
 * comments, regular expressions, and braces that open and close. Mutable.
 */
final class ExpressionScan {

    private static final String WORD_OPERATORS = " and or in ";

    private final String text;
    private int position;
    /** Whether a slash here would divide: there is a value before it. */
    private boolean afterValue;

    ExpressionScan(String text, int begin) {
        this.text = text;
        this.position = begin;
    }

    /** Where the closing <code>}}</code> begins, or -1. */
    int close() {
        int depth = 0;
        while (position < text.length()) {
            char c = text.charAt(position);
            if (c == '}' && depth == 0) {
                return text.startsWith("}}", position) ? position : -1;
            }
            if (c == '{') {
                depth++;
            } else if (c == '}') {
                depth--;
            }
            if (!skipToken(c)) {
                return -1;
            }
        }
        return -1;
    }

    /** False if it does not end. */
    private boolean skipToken(char c) {
        if (c == '"' || c == '\'' || c == '`') {
            afterValue = true;
            return skipQuoted(c);
        }
        if (text.startsWith("/*", position)) {
            int end = text.indexOf("*/", position + 2);
            position = end + 2;
            return end >= 0;
        }
        if (c == '/' && !afterValue) {
            afterValue = true;
            return skipRegex();
        }
        if (isWord(c)) {
            skipWord();
            return true;
        }
        if ((c == '*' || c == '%') && !afterValue) {
            skipWildcard(c);
            return true;
        }
        if (!Character.isWhitespace(c)) {
            afterValue = c == ')' || c == ']' || c == '}';
        }
        position++;
        return true;
    }

    /** Where a value is expected, these stand for fields and for the parent. */
    private void skipWildcard(char c) {
        while (position < text.length() && text.charAt(position) == c) {
            position++;
        }
        afterValue = true;
    }

    private boolean skipQuoted(char quote) {
        for (position++; position < text.length(); position++) {
            char c = text.charAt(position);
            if (c == quote) {
                position++;
                return true;
            }
            if (c == '\\' && quote != '`') {
                position++;
            }
        }
        return false;
    }

    /** A slash within brackets does not end it. */
    private boolean skipRegex() {
        int depth = 0;
        for (position++; position < text.length(); position++) {
            char c = text.charAt(position);
            if (c == '\\') {
                position++;
            } else if (c == '/' && depth == 0) {
                position++;
                return true;
            } else if ("([{".indexOf(c) >= 0) {
                depth++;
            } else if (")]}".indexOf(c) >= 0) {
                depth--;
            }
        }
        return false;
    }

    private static boolean isWord(char c) {
        return Character.isLetterOrDigit(c) || c == '_' || c == '$' || Character.isSurrogate(c);
    }

    private void skipWord() {
        int begin = position;
        while (position < text.length() && isWord(text.charAt(position))) {
            position++;
        }
        afterValue = !WORD_OPERATORS.contains(" " + text.substring(begin, position) + " ");
    }
}
