package dev.agentrunner.yaml.expression;

import dev.agentrunner.yaml.expression.Node.Kind;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;

/**
 * Parses an expression into {@link Node}s by operator precedence, with the powers and the order of the evaluator's own
 * parser. What it does not accept does not get there; it is not the one to say what is a correct expression.
 */
final class Grammar {

    private static final int LEVELS = Meter.DEPTH;
    private static final long NODES = 50_000;
    private static final Map<String, Integer> POWERS = Map.ofEntries(
            Map.entry(".", 75),
            Map.entry("[", 80),
            Map.entry("{", 70),
            Map.entry("(", 80),
            Map.entry("@", 80),
            Map.entry("#", 80),
            Map.entry("?", 20),
            Map.entry("+", 50),
            Map.entry("-", 50),
            Map.entry("*", 60),
            Map.entry("/", 60),
            Map.entry("%", 60),
            Map.entry("=", 40),
            Map.entry("<", 40),
            Map.entry(">", 40),
            Map.entry("^", 40),
            Map.entry(":=", 10),
            Map.entry("!=", 40),
            Map.entry("<=", 40),
            Map.entry(">=", 40),
            Map.entry("~>", 40),
            Map.entry("?:", 40),
            Map.entry("??", 40),
            Map.entry("and", 30),
            Map.entry("or", 25),
            Map.entry("in", 40),
            Map.entry("&", 50));

    private final Lexer lexer;
    private Token token;
    private int level;

    private Grammar(String source) {
        lexer = new Lexer(source);
        token = lexer.next(true);
    }

    /** @throws ExpressionSyntaxException if it is none, or too large */
    static Node parse(String source) {
        Grammar grammar = new Grammar(source);
        Node node = grammar.expression(0);
        if (grammar.token.kind() != Token.Kind.END) {
            throw grammar.unexpected();
        }
        return node;
    }

    private Node expression(int power) {
        if (++level > LEVELS) {
            throw lexer.error("More than " + LEVELS + " levels of nesting", token.position());
        }
        Token first = token;
        token = lexer.next(false);
        Node left = prefix(first);
        while (token.kind() == Token.Kind.OPERATOR && power < POWERS.getOrDefault(token.text(), 0)) {
            Token operator = token;
            token = lexer.next(true);
            left = infix(operator, left);
            if (left.height() > LEVELS || left.size() > NODES) {
                throw lexer.error("The expression is nested too deeply or too long", operator.position());
            }
        }
        level--;
        return left;
    }

    private Node prefix(Token first) {
        return switch (first.kind()) {
            case NAME -> leaf(Kind.NAME, first);
            case VARIABLE -> leaf(Kind.VARIABLE, first);
            case TEXT -> leaf(Kind.TEXT, first);
            case NUMBER, VALUE -> leaf(Kind.LITERAL, first);
            case REGEX -> leaf(Kind.REGEX, first);
            case END -> throw lexer.error("Something is missing", lexer.length());
            default -> prefixOperator(first);
        };
    }

    private Node prefixOperator(Token first) {
        return switch (first.text()) {
            case "and", "or", "in" -> leaf(Kind.NAME, first);
            case "*", "**", "%" -> leaf(Kind.WILDCARD, first);
            case "-" -> Node.of(Kind.OTHER, "-", first.position(), List.of(expression(70)));
            case "(" -> block(first);
            case "[" -> array(first);
            case "{" -> Node.of(Kind.OTHER, "{", first.position(), pairs());
            case "|" -> transform(first);
            default -> throw lexer.error("Unexpected " + first.text(), first.position());
        };
    }

    private Node infix(Token operator, Node left) {
        String text = operator.text();
        return switch (text) {
            case "." -> node(Kind.PATH, operator, left, expression(75));
            case "[" -> filter(operator, left);
            case "{" -> {
                List<Node> group = new ArrayList<>(List.of(left));
                group.addAll(pairs());
                yield Node.of(Kind.FOR_EACH, text, operator.position(), group);
            }
            case "(" -> call(operator, left);
            case "@", "#" -> node(Kind.FOCUS, operator, left, expression(80));
            case "^" -> order(operator, left);
            case ":=" -> node(Kind.BIND, operator, left, expression(9));
            case "?" -> {
                List<Node> parts = new ArrayList<>(List.of(left, expression(0)));
                if (token.is(":")) {
                    advance(":", true);
                    parts.add(expression(0));
                }
                yield Node.of(Kind.OTHER, text, operator.position(), parts);
            }
            case "?:", "??" -> node(Kind.OTHER, operator, left, expression(0)).doubled();
            default -> node(Kind.OTHER, operator, left, expression(POWERS.getOrDefault(text, 0)));
        };
    }

    private Node block(Token begin) {
        List<Node> parts = new ArrayList<>();
        while (!token.is(")")) {
            parts.add(expression(0));
            if (!token.is(";")) {
                break;
            }
            advance(";", true);
        }
        advance(")", false);
        return Node.of(Kind.OTHER, "(", begin.position(), parts);
    }

    private Node array(Token begin) {
        List<Node> parts = new ArrayList<>();
        while (!token.is("]")) {
            parts.add(expression(0));
            if (token.is("..")) {
                advance("..", true);
                parts.add(expression(0));
            }
            if (!token.is(",")) {
                break;
            }
            advance(",", true);
            mayNotEnd("]");
        }
        advance("]", false);
        return Node.of(Kind.OTHER, "[", begin.position(), parts);
    }

    private List<Node> pairs() {
        List<Node> parts = new ArrayList<>();
        while (!token.is("}")) {
            parts.add(expression(0));
            advance(":", true);
            parts.add(expression(0));
            if (!token.is(",")) {
                break;
            }
            advance(",", true);
            mayNotEnd("}");
        }
        advance("}", false);
        return parts;
    }

    private Node transform(Token begin) {
        List<Node> parts = new ArrayList<>(List.of(expression(0)));
        advance("|", true);
        parts.add(expression(0));
        if (token.is(",")) {
            advance(",", true);
            parts.add(expression(0));
        }
        advance("|", true);
        return Node.of(Kind.TRANSFORM, "|", begin.position(), parts);
    }

    private Node filter(Token operator, Node left) {
        if (token.is("]")) {
            advance("]", true);
            return left;
        }
        Node filter = node(Kind.FOR_EACH, operator, left, expression(0));
        advance("]", false);
        return filter;
    }

    private Node order(Token operator, Node left) {
        advance("(", true);
        List<Node> parts = new ArrayList<>(List.of(left));
        while (true) {
            if (token.is("<") || token.is(">")) {
                advance(token.text(), true);
            }
            parts.add(expression(0));
            if (!token.is(",")) {
                break;
            }
            advance(",", true);
        }
        advance(")", true);
        return Node.of(Kind.FOR_EACH, "^", operator.position(), parts);
    }

    private Node call(Token operator, Node function) {
        List<Node> parts = new ArrayList<>(List.of(function));
        while (!token.is(")")) {
            if (token.is("?")) {
                parts.add(leaf(Kind.PLACEHOLDER, token));
                advance("?", true);
            } else {
                parts.add(expression(0));
            }
            if (!token.is(",")) {
                break;
            }
            advance(",", true);
            mayNotEnd(")");
        }
        advance(")", false);
        boolean lambda = function.kind() == Kind.NAME
                && (function.text().equals("function") || function.text().equals("λ"));
        return lambda ? lambda(operator, parts) : Node.of(Kind.CALL, "(", operator.position(), parts);
    }

    private Node lambda(Token operator, List<Node> parts) {
        if (token.is("<")) {
            throw lexer.error("Functions cannot have signatures here; leave out the one", token.position());
        }
        parts.remove(0);
        advance("{", true);
        parts.add(expression(0));
        advance("}", true);
        return Node.of(Kind.LAMBDA, "function", operator.position(), parts);
    }

    private Node leaf(Kind kind, Token from) {
        return Node.of(kind, from.text(), from.position(), List.of());
    }

    private Node node(Kind kind, Token operator, Node left, Node right) {
        return Node.of(kind, operator.text(), operator.position(), List.of(left, right));
    }

    private void mayNotEnd(String end) {
        if (token.is(end)) {
            throw unexpected();
        }
    }

    private void advance(String expected, boolean operand) {
        if (!token.is(expected)) {
            throw token.kind() == Token.Kind.END
                    ? lexer.error("A " + expected + " is missing", lexer.length())
                    : lexer.error("Expected " + expected + ", found " + token.text(), token.position());
        }
        token = lexer.next(operand);
    }

    private ExpressionSyntaxException unexpected() {
        return lexer.error("Unexpected " + token.text(), token.position());
    }
}
