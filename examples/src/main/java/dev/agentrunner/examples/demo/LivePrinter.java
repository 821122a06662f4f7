package dev.agentrunner.examples.demo;

import dev.agentrunner.live.LiveEvent;
import dev.agentrunner.spi.llm.Delta;
import java.io.PrintStream;
import java.util.HashMap;
import java.util.Map;

/** Prints what steps show, line by line as the lines become complete. Thread-safe. */
final class LivePrinter {

    private final PrintStream out;
    private final Map<String, StringBuilder> lines = new HashMap<>(); // guarded by this

    LivePrinter(PrintStream out) {
        this.out = out;
    }

    void print(LiveEvent event) {
        if (event instanceof LiveEvent.Showing showing) {
            add(event.step() + " " + showing.stream(), showing.text());
        } else if (event instanceof LiveEvent.Answering answering && answering.delta() instanceof Delta.Text more) {
            add(event.step() + " answer", more.text());
        }
    }

    private synchronized void add(String source, String text) {
        StringBuilder line = lines.computeIfAbsent(source, key -> new StringBuilder());
        line.append(text);
        for (int end = line.indexOf("\n"); end >= 0; end = line.indexOf("\n")) {
            out.printf("                 | %s%n", line.substring(0, end).stripTrailing());
            line.delete(0, end + 1);
        }
    }
}
