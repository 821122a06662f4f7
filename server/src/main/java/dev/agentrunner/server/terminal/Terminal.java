package dev.agentrunner.server.terminal;

import com.fasterxml.jackson.databind.JsonNode;
import java.io.PrintStream;

/**
 * Where answers go: {@code out} for what was asked for, {@code err} for everything else. Thread-safe.
 */
public final class Terminal {

    private final PrintStream out;
    private final PrintStream err;
    private final boolean interactive;
    private final boolean colour;
    private boolean progressing; // guarded by this

    /**
     * An answering place.
     *
     * @param interactive whether a person looks at it
     * @param colour whether it shows colours
     */
    public Terminal(PrintStream out, PrintStream err, boolean interactive, boolean colour) {
        this.out = out;
        this.err = err;
        this.interactive = interactive;
        this.colour = colour;
    }

    public boolean interactive() {
        return interactive;
    }

    public boolean colour() {
        return colour;
    }

    public PrintStream out() {
        return out;
    }

    public PrintStream err() {
        return err;
    }

    /** A text in a style, if styles are shown. */
    public String styled(Style style, String text) {
        return colour ? style.wrap(text) : text;
    }

    /** Prints a line. */
    public synchronized void line(String text) {
        clear();
        out.println(text);
    }

    /** Prints a table. */
    public synchronized void table(Table table) {
        clear();
        table.lines(colour).forEach(out::println);
    }

    /** Prints one JSON document, in lines. */
    public void json(JsonNode document) {
        line(document.toPrettyString());
    }

    /** Tells what is not part of the answer. */
    public synchronized void note(String text) {
        clear();
        err.println(text);
    }

    /** Shows what goes on at this moment, in place of what did before; nothing where nobody looks. */
    public synchronized void progress(String text) {
        if (interactive) {
            out.print("\r\u001b[K" + styled(Style.DIM, Printable.atMost(100, Printable.line(text))));
            out.flush();
            progressing = true;
        }
    }

    /** Ends showing it. */
    public synchronized void clear() {
        if (progressing) {
            out.print("\r\u001b[K");
            out.flush();
            progressing = false;
        }
    }
}
