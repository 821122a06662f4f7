package dev.agentrunner.benchmarks.alone;

import com.zaxxer.hikari.HikariDataSource;
import dev.agentrunner.AgentRunner;
import dev.agentrunner.benchmarks.database.PostgresDatabase;
import dev.agentrunner.benchmarks.result.Findings;
import dev.agentrunner.benchmarks.result.Goal;
import dev.agentrunner.benchmarks.result.Measurement;
import dev.agentrunner.benchmarks.result.Progress;
import dev.agentrunner.benchmarks.result.Result;
import dev.agentrunner.jdbc.PostgresStore;
import dev.agentrunner.spi.catalog.RunCatalog;
import dev.agentrunner.spi.catalog.RunQuery;
import dev.agentrunner.spi.model.RunStatus;
import dev.agentrunner.spi.store.Store;
import java.time.Duration;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;

/**
 * W8: what a million finished runs in the store cost those of today. Two Postgres servers, one with the history of {@link
 * HistoryRows} and one without, take turns. A quick one has a history of 200,000.
 */
public final class History implements Measurement {

    private static final int RUNS = 1_000_000;
    private static final int QUICK_RUNS = 200_000;
    private static final int CALLS = 200;
    private static final Duration KEEP = HistoryRows.SPAN.dividedBy(2);

    /** What is listed, for people: by each filter, where many runs match and where few, and old ones, do. */
    private static final Map<String, RunQuery> LISTS = lists();

    @Override
    public String name() {
        return "W8, a long history";
    }

    @Override
    public Findings take(boolean quick) throws Exception {
        int runs = quick ? QUICK_RUNS : RUNS;
        String w = String.format(Locale.ROOT, "W8, %,d runs", runs);
        try (PostgresDatabase empty = new PostgresDatabase();
                PostgresDatabase full = new PostgresDatabase()) {
            long begin = System.nanoTime();
            HistoryRows.fill(full, runs);
            Progress.say("W8: %,d finished runs after %.0f s", runs, (System.nanoTime() - begin) / 1e9);
            Findings findings = startUp(w, empty, full).and(lists(w, full));
            Duration time = Duration.ofSeconds(quick ? 5 : 20);
            int repetitions = quick ? 3 : 5;
            return findings.and(beside(w, empty, full, repetitions, time)).and(purging(w, full, repetitions, time));
        }
    }

    private static Findings startUp(String w, PostgresDatabase empty, PostgresDatabase full) {
        startUp(empty);
        List<Double> without = new ArrayList<>();
        List<Double> with = new ArrayList<>();
        for (int i = 0; i < 5; i++) {
            without.add(startUp(empty));
            with.add(startUp(full));
        }
        String what = "from opening the store until the node has started";
        return new Findings(
                List.of(
                        new Result(w, "start-up, empty store", "ms", without, what),
                        new Result(w, "start-up, full store", "ms", with, what)),
                List.of());
    }

    private static double startUp(PostgresDatabase database) {
        long begin = System.nanoTime();
        try (AgentRunner runner = runner(database)) {
            runner.health();
            return (System.nanoTime() - begin) / 1e6;
        }
    }

    private static Findings lists(String w, PostgresDatabase full) {
        List<Result> results = new ArrayList<>();
        List<Goal> goals = new ArrayList<>();
        try (Store store = full.store()) {
            LISTS.forEach((what, query) -> {
                times(store.catalog(), query, CALLS); // to warm up
                Shares took = new Shares(times(store.catalog(), query, CALLS));
                String remarks =
                        String.format(Locale.ROOT, "first page of 50, %d calls, half in %.1f ms", CALLS, took.p50());
                results.add(new Result(w, "list " + what, "ms p99", List.of(took.p99()), remarks));
                goals.add(Goal.atMost(w, "list " + what + ", p99", 10, took.p99(), "ms"));
            });
        }
        return new Findings(results, goals);
    }

    private static double[] times(RunCatalog catalog, RunQuery query, int calls) {
        double[] took = new double[calls];
        for (int i = 0; i < calls; i++) {
            long begin = System.nanoTime();
            catalog.runs(query);
            took[i] = (System.nanoTime() - begin) / 1e6;
        }
        return took;
    }

    private static Findings beside(
            String w, PostgresDatabase empty, PostgresDatabase full, int repetitions, Duration time) throws Exception {
        List<Double> without = new ArrayList<>();
        List<Double> with = new ArrayList<>();
        try (AgentRunner onEmpty = runner(empty);
                AgentRunner onFull = runner(full)) {
            NoOpRuns.perSecond(onEmpty, time);
            NoOpRuns.perSecond(onFull, time);
            for (int i = 0; i < repetitions; i++) {
                without.add(NoOpRuns.perSecond(onEmpty, time));
                with.add(NoOpRuns.perSecond(onFull, time));
                Progress.say("W8: %.0f runs/s on the empty store, %.0f on the full one", without.get(i), with.get(i));
            }
        }
        return compared(w, "full store", with, "empty store", without, 0.9, "in turns; three steps, 500 at once");
    }

    /** The purge has connections of its own, as it would on another node. */
    private static Findings purging(String w, PostgresDatabase full, int repetitions, Duration time) throws Exception {
        List<Double> without = new ArrayList<>();
        List<Double> with = new ArrayList<>();
        List<Double> purged = new ArrayList<>();
        try (AgentRunner runner = runner(full);
                HikariDataSource pool = PostgresDatabase.pool(full.url());
                Store other = PostgresStore.on(pool)) {
            NoOpRuns.perSecond(runner, time);
            for (int i = 0; i < repetitions; i++) {
                without.add(NoOpRuns.perSecond(runner, time));
                try (Purge purge =
                        new Purge(other, InstantSource.system().instant().minus(KEEP))) {
                    with.add(NoOpRuns.perSecond(runner, time));
                    purged.add(purge.perSecond());
                }
                Progress.say(
                        "W8: %.0f runs/s, %.0f while %.0f/s are purged", without.get(i), with.get(i), purged.get(i));
            }
        }
        Result purge = new Result(
                w,
                "purge meanwhile",
                "runs purged/s",
                purged,
                "one thread, which rests half of the time, as a node does");
        return new Findings(List.of(purge), List.of())
                .and(compared(w, "while old runs are purged", with, "without a purge", without, 0.8, "full store"));
    }

    private static Findings compared(
            String w, String a, List<Double> with, String b, List<Double> without, double goal, String remarks) {
        Result slower = new Result(w, a, "runs/s", with, remarks);
        Result faster = new Result(w, b, "runs/s", without, remarks);
        return new Findings(
                List.of(faster, slower),
                List.of(Goal.atLeast(
                        w, "throughput, " + a + " against " + b, goal, slower.median() / faster.median(), "of it")));
    }

    private static AgentRunner runner(PostgresDatabase database) {
        return AgentRunner.builder()
                .store(database.store())
                .workers(NoOpRuns.AT_ONCE)
                .workflow(NoOpRuns.THREE_STEPS)
                .build();
    }

    private static Map<String, RunQuery> lists() {
        Map<String, RunQuery> lists = new LinkedHashMap<>();
        lists.put("of all runs", RunQuery.ALL);
        lists.put("by status, completed", RunQuery.ALL.statuses(RunStatus.COMPLETED));
        lists.put("by status, failed", RunQuery.ALL.statuses(RunStatus.FAILED));
        lists.put("by status, unfinished", RunQuery.ALL.statuses(RunStatus.QUEUED, RunStatus.RUNNING));
        lists.put("by workflow, common", RunQuery.ALL.workflow(HistoryRows.COMMON_WORKFLOW));
        lists.put("by workflow, rare", RunQuery.ALL.workflow(HistoryRows.RARE));
        lists.put("by label, common", RunQuery.ALL.labels(Map.of("team", HistoryRows.COMMON_TEAM)));
        lists.put("by label, rare", RunQuery.ALL.labels(Map.of("team", HistoryRows.RARE)));
        lists.put(
                "by workflow and status",
                RunQuery.ALL.workflow(HistoryRows.COMMON_WORKFLOW).statuses(RunStatus.FAILED));
        return lists;
    }
}
