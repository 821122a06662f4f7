package dev.agentrunner.server.terminal;

import java.util.ArrayList;
import java.util.List;
import java.util.Locale;

/** Rows in columns, each as wide as its widest cell, two spaces apart. Not thread-safe. */
public final class Table {

    private static final int WIDEST = 60;

    private final List<List<Cell>> rows = new ArrayList<>();

    /** A table with these headings. */
    public static Table of(String... headings) {
        Table table = new Table();
        List<Cell> cells = new ArrayList<>();
        for (String heading : headings) {
            cells.add(new Cell(heading.toUpperCase(Locale.ROOT), Style.BOLD));
        }
        table.rows.add(cells);
        return table;
    }

    /** A table without headings. */
    public static Table plain() {
        return new Table();
    }

    public Table row(Cell... cells) {
        rows.add(List.of(cells));
        return this;
    }

    List<String> lines(boolean colour) {
        List<Integer> widths = new ArrayList<>();
        for (List<Cell> row : rows) {
            for (int i = 0; i < row.size(); i++) {
                int width = width(shown(row, i));
                if (i == widths.size()) {
                    widths.add(width);
                }
                widths.set(i, Math.max(widths.get(i), width));
            }
        }
        return rows.stream().map(row -> line(row, widths, colour)).toList();
    }

    private static String line(List<Cell> row, List<Integer> widths, boolean colour) {
        StringBuilder line = new StringBuilder();
        int missing = 0;
        for (int i = 0; i < row.size(); i++) {
            String text = shown(row, i);
            if (!text.isEmpty()) {
                line.append(" ".repeat(missing));
                line.append(colour ? row.get(i).style().wrap(text) : text);
                missing = 0;
            }
            missing += widths.get(i) - width(text) + 2;
        }
        return line.toString();
    }

    /** The last cell of a row may be as long as it likes. */
    private static String shown(List<Cell> row, int column) {
        String text = row.get(column).text();
        return column == row.size() - 1 ? text : Printable.atMost(WIDEST, text);
    }

    private static int width(String text) {
        return text.codePointCount(0, text.length());
    }
}
