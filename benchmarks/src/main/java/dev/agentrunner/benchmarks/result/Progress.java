package dev.agentrunner.benchmarks.result;

import java.util.Locale;

/** Tells who waits how a measurement goes on, on the standard error. */
public final class Progress {

    private static final long BEGAN = System.nanoTime();

    private Progress() {}

    public static void say(String format, Object... parts) {
        System.err.printf(
                Locale.ROOT,
                "%4d s  %s%n",
                (System.nanoTime() - BEGAN) / 1_000_000_000,
                String.format(Locale.ROOT, format, parts));
    }
}
