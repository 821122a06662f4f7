package dev.agentrunner.yaml.expression;

/**
 * A word of an expression.
 *
 * @param text of a name, variable, text or operator: without quotes, and without the dollar sign
 * @param position of its first character
 * @param end behind its last character
 */
record Token(Kind kind, String text, int position, int end) {

    enum Kind {
        NAME,
        VARIABLE,
        TEXT,
        NUMBER,
        VALUE,
        REGEX,
        OPERATOR,
        END
    }

    boolean is(String operator) {
        return kind == Kind.OPERATOR && text.equals(operator);
    }
}
