package dev.agentrunner.server.terminal;

/** A text in a table. It is one line of printable characters, whatever it is made of. */
public record Cell(String text, Style style) {

    public Cell {
        text = Printable.line(text);
    }

    public static Cell of(String text) {
        return new Cell(text, Style.PLAIN);
    }

    /** In the style of the status that it is. */
    public static Cell status(String text) {
        return new Cell(text, Style.of(text));
    }

    public static Cell dim(String text) {
        return new Cell(text, Style.DIM);
    }
}
