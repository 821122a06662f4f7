package dev.agentrunner.benchmarks.peer;

import dev.agentrunner.benchmarks.result.Findings;
import dev.agentrunner.benchmarks.result.Goal;
import dev.agentrunner.benchmarks.result.Measurement;
import dev.agentrunner.benchmarks.result.Progress;
import dev.agentrunner.benchmarks.result.Result;
import java.sql.Connection;
import java.sql.DriverManager;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;

/** W4: from a submission to the first step, when nothing else is going on; in one process, and from one node to another. */
public final class Latency implements Measurement {

    private static final double MICROS = 1_000;
    private static final double NANOS = 1_000_000;

    private final Postgres postgres;

    public Latency(Postgres postgres) {
        this.postgres = postgres;
    }

    @Override
    public String name() {
        return "W4: from submission to first step";
    }

    @Override
    public Findings take(boolean quick) throws Exception {
        List<Result> results = new ArrayList<>();
        int runs = quick ? 200 : 1_000;
        double here = here(results, Peer.AGENT_RUNNER, runs, false);
        double there = there(results, Peer.AGENT_RUNNER, runs);
        int fewer = quick ? 5 : 20; // they take a poll each
        here(results, Peer.DBOS, runs, false);
        here(results, Peer.DBOS, fewer, true);
        there(results, Peer.DBOS, fewer);
        here(results, Peer.DB_SCHEDULER, quick ? 50 : 200, true);
        here(results, Peer.JOBRUNR, fewer, true);
        limit(results, runs);
        return new Findings(
                results,
                List.of(
                        Goal.atMost("W4", "p99 in one process", 5, here, "ms"),
                        Goal.atMost("W4", "p99 from one node to another", 20, there, "ms")));
    }

    private double here(List<Result> results, Peer peer, int runs, boolean queued) throws Exception {
        String workload = "W4, submission to first step, one process" + (queued ? ", by queue" : "");
        Progress.say(workload + ", " + peer.title);
        String url = fresh(peer);
        Map<String, String> said =
                PeerProcess.run(peer, "idle", url, Map.of("runs", runs, "warm", warm(runs), "queued", queued));
        return add(results, workload, peer, said);
    }

    private double there(List<Result> results, Peer peer, int runs) throws Exception {
        String workload = "W4, submission to first step, two nodes";
        Progress.say(workload + ", " + peer.title);
        String url = fresh(peer);
        try (PeerProcess worker = PeerProcess.start(peer, "work", url, Map.of())) {
            worker.await("ready");
            PeerProcess.run(peer, "idle", url, Map.of("runs", runs, "warm", warm(runs), "executes", false));
            return add(results, workload, peer, worker.finish());
        }
    }

    private void limit(List<Result> results, int rows) throws Exception {
        try (Connection connection = DriverManager.getConnection(postgres.newDatabase())) {
            long[] nanos = SingleRows.lone(connection, rows);
            String workload = "W4, a lone transaction of one row";
            String limit = "limit: Postgres and its disk";
            results.add(new Result(workload, limit, "ms p50", List.of(nanos[rows / 2] / NANOS), rows + " rows"));
            results.add(new Result(workload, limit, "ms p99", List.of(nanos[rows * 99 / 100 - 1] / NANOS), ""));
        }
    }

    private static int warm(int runs) {
        return runs < 100 ? 3 : 2 * runs;
    }

    private String fresh(Peer peer) throws Exception {
        String url = postgres.newDatabase();
        PeerProcess.run(peer, "migrate", url, Map.of());
        return url;
    }

    private static double add(List<Result> results, String workload, Peer peer, Map<String, String> said) {
        double half = Long.parseLong(said.get("p50_us")) / MICROS;
        double most = Long.parseLong(said.get("p99_us")) / MICROS;
        results.add(new Result(workload, peer.title, "ms p50", List.of(half), said.get("arrived") + " runs"));
        boolean few = Long.parseLong(said.get("arrived")) < 100;
        results.add(new Result(workload, peer.title, few ? "ms, the longest" : "ms p99", List.of(most), ""));
        return most;
    }
}
