package dev.agentrunner.benchmarks.peer;

import dev.agentrunner.benchmarks.database.Database;
import dev.agentrunner.benchmarks.database.PostgresDatabase;
import dev.agentrunner.benchmarks.database.RawInserts;
import dev.agentrunner.benchmarks.database.SqliteDatabase;
import dev.agentrunner.benchmarks.result.Findings;
import dev.agentrunner.benchmarks.result.Goal;
import dev.agentrunner.benchmarks.result.Measurement;
import dev.agentrunner.benchmarks.result.Progress;
import dev.agentrunner.benchmarks.result.Result;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.Callable;

/**
 * W1 beside what the database can do at most: the rows that the engine left behind, written in bulk; and rows of which each is a
 * transaction, as many engines write them.
 */
public final class Limits implements Measurement {

    private static final double POSTGRES_GOAL = 0.5;
    private static final double SQLITE_GOAL = 0.4;

    private record Figures(List<Double> engine, List<Double> bulk, List<Double> single, List<Double> ratio) {
        Figures() {
            this(new ArrayList<>(), new ArrayList<>(), new ArrayList<>(), new ArrayList<>());
        }
    }

    @Override
    public String name() {
        return "W1: runs of three steps beside the limits of the database";
    }

    @Override
    public Findings take(boolean quick) throws Exception {
        Map<String, Callable<Database>> databases = new LinkedHashMap<>();
        databases.put("Postgres", PostgresDatabase::new);
        databases.put("SQLite", SqliteDatabase::new);
        Map<String, Figures> figures = new LinkedHashMap<>();
        for (int i = 0; i < (quick ? 1 : 5); i++) {
            for (Map.Entry<String, Callable<Database>> each : databases.entrySet()) {
                Progress.say("W1, limits of " + each.getKey());
                try (Database database = each.getValue().call()) {
                    once(database, quick, figures.computeIfAbsent(each.getKey(), name -> new Figures()));
                }
            }
        }
        List<Result> results = new ArrayList<>();
        List<Goal> goals = new ArrayList<>();
        figures.forEach((name, each) -> {
            String workload = "W1, 500 at once, " + name;
            Result ratio = new Result(workload, "agent-runner of bulk inserts", "ratio", each.ratio(), "");
            results.add(new Result(workload, Peer.AGENT_RUNNER.title, "runs/s", each.engine(), ""));
            results.add(new Result(workload, "limit: bulk inserts of the same rows", "runs/s", each.bulk(), ""));
            results.add(new Result(workload, "limit: transactions of one row", "rows/s", each.single(), ""));
            results.add(ratio);
            goals.add(Goal.atLeast(
                    "W1",
                    "share of bulk inserts of the same rows, " + name,
                    name.equals("SQLite") ? SQLITE_GOAL : POSTGRES_GOAL,
                    ratio.median(),
                    "of them"));
        });
        return new Findings(results, goals);
    }

    private static void once(Database database, boolean quick, Figures figures) throws Exception {
        PeerProcess.run(Peer.AGENT_RUNNER, "migrate", database.url(), Map.of());
        Map<String, String> said = PeerProcess.run(
                Peer.AGENT_RUNNER,
                "runs",
                database.url(),
                Map.of("at_once", 500, "warm_seconds", quick ? 12 : 20, "seconds", quick ? 4 : 10));
        double engine = Long.parseLong(said.get("runs")) * 1e9 / Long.parseLong(said.get("nanos"));
        double bulk = RawInserts.runsPerSecond(database);
        figures.engine().add(engine);
        figures.bulk().add(bulk);
        figures.ratio().add(engine / bulk);
        figures.single().add(SingleRows.perSecond(database, quick ? 2 : 5));
    }
}
