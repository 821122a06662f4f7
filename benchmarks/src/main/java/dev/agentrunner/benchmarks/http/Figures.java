package dev.agentrunner.benchmarks.http;

import java.util.Locale;

/**
 * What a load came to.
 *
 * @param rate answers per second
 * @param p50 milliseconds until an answer, of half of them
 * @param errors answers that say so, and connections that broke or had no answer in time
 */
record Figures(double rate, double p50, double p99, double worst, long errors) {

    static final String HEAD =
            "| call | answers/s | p50 ms | p99 ms | worst ms | errors |\n|---|---:|---:|---:|---:|---:|";

    String row(String name) {
        return String.format(
                Locale.ROOT, "| %s | %,.0f | %.1f | %.1f | %,.0f | %d |", name, rate, p50, p99, worst, errors);
    }
}
