package dev.agentrunner.benchmarks.peer;

import dev.agentrunner.benchmarks.database.PostgresDatabase;
import dev.agentrunner.benchmarks.database.RawInserts;
import dev.agentrunner.benchmarks.result.Findings;
import dev.agentrunner.benchmarks.result.Goal;
import dev.agentrunner.benchmarks.result.Measurement;
import dev.agentrunner.benchmarks.result.Progress;
import dev.agentrunner.benchmarks.result.Result;
import java.sql.Connection;
import java.util.ArrayList;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;

/** W3: runs of one step that were queued before anybody executes them. From the start of the node until the last has ended. */
public final class Drain implements Measurement {

    private static final List<Peer> PEERS = List.of(Peer.AGENT_RUNNER, Peer.DB_SCHEDULER, Peer.JOBRUNR, Peer.DBOS);
    private static final int AT_ONCE = 500;
    private static final int WARM_SECONDS = 10;
    private static final double NANOS = 1e9;

    private final Postgres postgres;

    public Drain(Postgres postgres) {
        this.postgres = postgres;
    }

    @Override
    public String name() {
        return "W3: queued runs of one step";
    }

    @Override
    public Findings take(boolean quick) throws Exception {
        int runs = quick ? 3_000 : 10_000;
        String workload = String.format("W3, drain %,d queued runs", runs);
        Map<Peer, List<Double>> rates = new EnumMap<>(Peer.class);
        List<Double> bulk = new ArrayList<>();
        for (int i = 0; i < (quick ? 1 : 5); i++) {
            for (Peer peer : PEERS) {
                Progress.say(workload + ", " + peer.title);
                rates.computeIfAbsent(peer, any -> new ArrayList<>()).add(once(peer, runs, bulk));
            }
        }
        List<Result> results = new ArrayList<>();
        rates.forEach((peer, each) -> results.add(new Result(workload, peer.title, "runs/s", each, "")));
        results.add(new Result(workload, "limit: bulk inserts of all their rows", "runs/s", bulk, ""));
        return new Findings(
                results,
                List.of(
                        Goal.atLeast("W3", "rate of db-scheduler", 2, ratio(results, Peer.DB_SCHEDULER), "times"),
                        Goal.atLeast("W3", "rate of JobRunr", 10, ratio(results, Peer.JOBRUNR), "times")));
    }

    private double once(Peer peer, int runs, List<Double> bulk) throws Exception {
        String url = postgres.newDatabase();
        Map<String, Object> settings = Map.of("runs", runs, "at_once", AT_ONCE, "warm_seconds", WARM_SECONDS);
        PeerProcess.run(peer, "migrate", url, Map.of());
        try (PeerProcess process = PeerProcess.start(peer, "drain", url, settings)) {
            process.await("ready");
            PeerProcess.run(peer, "enqueue", url, settings);
            process.go();
            double rate = runs * NANOS / process.number("nanos");
            process.finish();
            if (peer == Peer.AGENT_RUNNER) {
                try (Connection connection = PostgresDatabase.connect(url)) {
                    bulk.add(RawInserts.runsPerSecond(connection, (table, any) -> PostgresDatabase.emptyCopy(table)));
                }
            }
            return rate;
        }
    }

    private static double ratio(List<Result> results, Peer other) {
        return median(results, Peer.AGENT_RUNNER) / median(results, other);
    }

    private static double median(List<Result> results, Peer peer) {
        return results.stream()
                .filter(each -> each.contestant().equals(peer.title))
                .findFirst()
                .orElseThrow()
                .median();
    }
}
