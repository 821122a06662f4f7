package dev.agentrunner.yaml.source;

import dev.agentrunner.yaml.source.Scalar.Style;

/** Goes through the characters of a text as they are written in a file, without white space. Mutable. */
final class WrittenText {

    private final String file;
    private final Style style;
    private int position;
    private int end;
    /** Characters that the last escape gave and that have not been asked for. */
    private int pending;

    WrittenText(String file, int begin, Style style) {
        this.file = file;
        this.style = style;
        this.position = begin;
        this.end = begin;
    }

    /** Where the next character begins. */
    int begin() {
        if (pending == 0) {
            skipBlank();
        }
        return Math.min(position, file.length());
    }

    /** Where the last character ended. */
    int end() {
        return Math.min(end, file.length());
    }

    void next() {
        int at = begin();
        if (pending > 0) {
            pending--;
            return;
        }
        position = at + length(at);
        end = position;
        if (at < file.length() && isEscape(at) && escaped(at) > Character.MAX_VALUE) {
            pending = 1;
        }
    }

    private void skipBlank() {
        while (position < file.length() && isBlank(position)) {
            position += length(position);
        }
    }

    private boolean isBlank(int at) {
        return isEscape(at) ? Character.isWhitespace(escaped(at)) : Character.isWhitespace(file.charAt(at));
    }

    private boolean isEscape(int at) {
        return style == Style.DOUBLE_QUOTED && file.charAt(at) == '\\' && at + 1 < file.length();
    }

    private int length(int at) {
        if (at >= file.length()) {
            return 1;
        }
        if (isEscape(at)) {
            return 2 + digits(at);
        }
        boolean doubled = style == Style.SINGLE_QUOTED && file.startsWith("''", at);
        return doubled ? 2 : 1;
    }

    private int digits(int at) {
        return switch (file.charAt(at + 1)) {
            case 'x' -> 2;
            case 'u' -> 4;
            case 'U' -> 8;
            default -> 0;
        };
    }

    /** The character that an escape stands for, as far as it matters whether that is white space. */
    private int escaped(int at) {
        int digits = digits(at);
        if (digits > 0 && at + 2 + digits <= file.length()) {
            try {
                return Integer.parseInt(file.substring(at + 2, at + 2 + digits), 16);
            } catch (NumberFormatException e) {
                return 'x';
            }
        }
        // YAML's escaped line break, tab, line feed, vertical tab, form feed, carriage return, separators
        return "\n\r\t tnvfrLP".indexOf(file.charAt(at + 1)) >= 0 ? ' ' : 'x';
    }
}
