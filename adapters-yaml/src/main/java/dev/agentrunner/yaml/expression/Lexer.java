package dev.agentrunner.yaml.expression;

import java.util.Set;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** Cuts an expression into words, just as the evaluator's own parser does. */
final class Lexer {

    private static final Set<String> DOUBLE = Set.of("..", ":=", "!=", ">=", "<=", "**", "~>", "?:", "??");
    private static final String SINGLE = ".[]{}(),@#;:?+-*/%|=<>^&!~";
    private static final String SPACE = " \t\n\r";
    private static final Pattern NUMBER = Pattern.compile("(?:0|[1-9][0-9]*)(?:\\.[0-9]+)?(?:[Ee][-+]?[0-9]+)?");

    private final String source;
    private int at;

    Lexer(String source) {
        this.source = source;
    }

    /** @param operand whether a value may begin here, so that a slash begins a regular expression */
    Token next(boolean operand) {
        skip();
        int begin = at;
        if (at >= source.length()) {
            return new Token(Token.Kind.END, "", source.length(), source.length());
        }
        char c = source.charAt(at);
        if (operand && c == '/') {
            return regex(begin);
        }
        if (at + 1 < source.length() && DOUBLE.contains(source.substring(at, at + 2))) {
            at += 2;
            return token(Token.Kind.OPERATOR, source.substring(begin, at), begin);
        }
        if (SINGLE.indexOf(c) >= 0) {
            at++;
            return token(Token.Kind.OPERATOR, String.valueOf(c), begin);
        }
        if (c == '"' || c == '\'') {
            return text(c, begin);
        }
        Matcher number = NUMBER.matcher(source).region(at, source.length());
        if (number.lookingAt()) {
            at = number.end();
            return token(Token.Kind.NUMBER, number.group(), begin);
        }
        return c == '`' ? quotedName(begin) : word(begin);
    }

    ExpressionSyntaxException error(String what, int position) {
        return new ExpressionSyntaxException(
                what + " at character " + position + " of {{ " + Failure.shortened(source) + " }}", position);
    }

    int length() {
        return source.length();
    }

    private void skip() {
        while (at < source.length()) {
            if (SPACE.indexOf(source.charAt(at)) >= 0) {
                at++;
            } else if (source.startsWith("/*", at)) {
                int end = source.indexOf("*/", at + 2);
                if (end < 0) {
                    throw error("A comment does not end that begins", at);
                }
                at = end + 2;
            } else {
                return;
            }
        }
    }

    private Token token(Token.Kind kind, String text, int begin) {
        return new Token(kind, text, begin, at);
    }

    private Token text(char quote, int begin) {
        StringBuilder text = new StringBuilder();
        for (at++; at < source.length(); at++) {
            char c = source.charAt(at);
            if (c == quote) {
                at++;
                return token(Token.Kind.TEXT, text.toString(), begin);
            }
            text.append(c == '\\' ? escaped() : c);
        }
        throw error("A text does not end that begins", begin);
    }

    private char escaped() {
        int begin = at++;
        char c = at < source.length() ? source.charAt(at) : ' ';
        int plain = "\"\\/bfnrt".indexOf(c);
        if (plain >= 0) {
            return "\"\\/\b\f\n\r\t".charAt(plain);
        }
        if (c == 'u' && at + 4 < source.length()) {
            String digits = source.substring(at + 1, at + 5);
            if (digits.matches("[0-9a-fA-F]{4}")) {
                at += 4;
                return (char) Integer.parseInt(digits, 16);
            }
        }
        throw error("A text has an unknown escape sequence", begin);
    }

    private Token quotedName(int begin) {
        int end = source.indexOf('`', begin + 1);
        if (end < 0) {
            throw error("A name in backticks does not end that begins", begin);
        }
        at = end + 1;
        return token(Token.Kind.NAME, source.substring(begin + 1, end), begin);
    }

    private Token word(int begin) {
        while (at < source.length() && SPACE.indexOf(source.charAt(at)) < 0 && SINGLE.indexOf(source.charAt(at)) < 0) {
            at++;
        }
        String word = source.substring(begin, at);
        if (word.startsWith("$")) {
            return token(Token.Kind.VARIABLE, word.substring(1), begin);
        }
        return switch (word) {
            case "and", "or", "in" -> token(Token.Kind.OPERATOR, word, begin);
            case "true", "false", "null" -> token(Token.Kind.VALUE, word, begin);
            default -> token(Token.Kind.NAME, word, begin);
        };
    }

    /** Ends at the first slash outside of brackets that has an even number of backslashes before it. */
    private Token regex(int begin) {
        int brackets = 0;
        for (at++; at < source.length(); at++) {
            char c = source.charAt(at);
            boolean escaped = source.charAt(at - 1) == '\\';
            if (c == '/' && brackets == 0 && backslashes(at) % 2 == 0) {
                String pattern = source.substring(begin + 1, at);
                do {
                    at++;
                } while (at < source.length() && "im".indexOf(source.charAt(at)) >= 0);
                return token(Token.Kind.REGEX, pattern, begin);
            }
            if ("([{".indexOf(c) >= 0 && !escaped) {
                brackets++;
            } else if (")]}".indexOf(c) >= 0 && !escaped) {
                brackets--;
            }
        }
        throw error("A regular expression does not end that begins", begin);
    }

    private int backslashes(int end) {
        int count = 0;
        while (source.charAt(end - count - 1) == '\\') {
            count++;
        }
        return count;
    }
}
