package dev.agentrunner.server.terminal;

import java.io.Console;
import java.util.Map;

/** Whether a person looks at what is printed. */
public final class Ttys {

    private Ttys() {}

    /** Whether both input and output are a terminal. */
    @SuppressWarnings("SystemConsoleNull") // until Java 21 it is
    public static boolean interactive() {
        Console console = System.console();
        if (console == null) {
            return false;
        }
        try {
            // since Java 22 there is a console in any case, which says whether it is a terminal
            return Boolean.TRUE.equals(Console.class.getMethod("isTerminal").invoke(console));
        } catch (ReflectiveOperationException e) {
            return true;
        }
    }

    /** Whether colours are wanted: not with {@code NO_COLOR} set to anything (no-color.org), nor on a dumb terminal. */
    public static boolean colour(Map<String, String> environment) {
        return environment.getOrDefault("NO_COLOR", "").isEmpty()
                && !environment.getOrDefault("TERM", "").equals("dumb");
    }
}
