package dev.agentrunner.benchmarks.result;

import java.util.Collections;
import java.util.List;
import java.util.Locale;

/**
 * What one contestant did at one workload.
 *
 * @param workload such as {@code W1, 500 at once}
 * @param contestant such as {@code agent-runner, Postgres}
 * @param unit such as {@code runs/s}, or {@code ms p99}
 * @param values one per repetition, at least one
 * @param remarks what else is to be said: durability, commits, CPU
 */
public record Result(String workload, String contestant, String unit, List<Double> values, String remarks) {

    public Result {
        values = List.copyOf(values);
    }

    public double median() {
        List<Double> sorted = values.stream().sorted().toList();
        return sorted.get(sorted.size() / 2);
    }

    /** Median, with the least and the most if there are several: {@code 1,204 (1,100 to 1,310)}. */
    public String figures() {
        String median = number(median());
        return values.size() == 1
                ? median
                : median + " (" + number(Collections.min(values)) + " to " + number(Collections.max(values)) + ")";
    }

    /** With as many digits as mean something. */
    public static String number(double value) {
        return Double.isInfinite(value)
                ? "never"
                : String.format(Locale.ROOT, value >= 100 ? "%,.0f" : value >= 1 ? "%,.1f" : "%.3f", value);
    }
}
