package dev.agentrunner.benchmarks.alone;

import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.nio.charset.StandardCharsets;
import org.jspecify.annotations.Nullable;

/** The other end of a {@link Child}: what a program says to whoever started it, and hears from it. */
final class Parent {

    private final BufferedReader in = new BufferedReader(new InputStreamReader(System.in, StandardCharsets.UTF_8));

    void say(String word, Object text) {
        System.out.println(word + " " + text);
        System.out.flush();
    }

    /** The next line; null: the program is to end. */
    @Nullable String hear() throws IOException {
        return in.readLine();
    }
}
