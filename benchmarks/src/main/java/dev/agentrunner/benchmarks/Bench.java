package dev.agentrunner.benchmarks;

import dev.agentrunner.benchmarks.http.HttpCalls;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.concurrent.Callable;

/**
 * {@code ./bench}: durable steps per second beside raw bulk inserts of the same rows. A fresh database per
 * repetition; warm-ups, until the JIT compiler has little left to do; then repetitions that alternate between the databases. Prints medians. {@code ./bench waiting}:
 * see {@link WaitingRuns}; {@code ./bench http}: see {@link HttpCalls}.
 */
public final class Bench {

    private static final int STEPS = 10;
    private static final int AT_ONCE = 500;

    /** Steps per second of the engine and of raw inserts, one entry per repetition. */
    private record Figures(List<Double> engine, List<Double> raw, List<Double> ratio) {
        Figures() {
            this(new ArrayList<>(), new ArrayList<>(), new ArrayList<>());
        }
    }

    private Bench() {}

    public static void main(String[] args) throws Exception {
        if (List.of(args).contains("waiting")) {
            System.exit(WaitingRuns.inJvm(100_000, "256m"));
        }
        boolean quick = List.of(args).contains("--quick");
        if (List.of(args).contains("http")) {
            System.out.println(
                    HttpCalls.during(Duration.ofSeconds(quick ? 5 : 30)).report());
            return;
        }
        int runs = quick ? 2_000 : 10_000;
        int warmUps = quick ? 1 : 3;
        int repetitions = quick ? 3 : 5;
        Map<String, Callable<Database>> databases = new LinkedHashMap<>();
        databases.put("SQLite", SqliteDatabase::new);
        databases.put("Postgres", PostgresDatabase::new);
        Map<String, Figures> figures = new LinkedHashMap<>();
        for (int repetition = 0; repetition < warmUps + repetitions; repetition++) {
            for (Map.Entry<String, Callable<Database>> each : databases.entrySet()) {
                Figures all = figures.computeIfAbsent(each.getKey(), name -> new Figures());
                measure(each.getValue(), runs, repetition < warmUps ? new Figures() : all);
                System.err.print('.');
            }
        }
        System.err.println();
        print(figures, runs, repetitions);
    }

    private static void measure(Callable<Database> open, int runs, Figures figures) throws Exception {
        try (Database database = open.call()) {
            double steps = (double) runs * STEPS;
            double engine = steps * 1e9 / new DurableSteps(runs, AT_ONCE, STEPS).measure(database.store());
            double raw = steps * 1e9 / RawInserts.measure(database);
            figures.engine().add(engine);
            figures.raw().add(raw);
            figures.ratio().add(engine / raw);
        }
    }

    private static void print(Map<String, Figures> figures, int runs, int repetitions) {
        System.out.printf(
                "%d runs of %d steps, %d at once; median (min to max) of %d repetitions; JDK %d, %d cores%n%n",
                runs,
                STEPS,
                AT_ONCE,
                repetitions,
                Runtime.version().feature(),
                Runtime.getRuntime().availableProcessors());
        System.out.println("| database | durable steps/s | raw bulk insert, steps/s | ratio | goal | |");
        System.out.println("|---|---:|---:|---:|---:|---|");
        figures.forEach((name, each) -> System.out.printf(
                Locale.ROOT,
                "| %s | %s | %s | %.2f | 0.33 | %s |%n",
                name,
                range(each.engine()),
                range(each.raw()),
                median(each.ratio()),
                median(each.ratio()) >= 1 / 3.0 ? "pass" : "short"));
    }

    private static String range(List<Double> values) {
        return String.format(
                Locale.ROOT,
                "%,.0f (%,.0f to %,.0f)",
                median(values),
                Collections.min(values),
                Collections.max(values));
    }

    private static double median(List<Double> values) {
        List<Double> sorted = values.stream().sorted().toList();
        return sorted.get(sorted.size() / 2);
    }
}
