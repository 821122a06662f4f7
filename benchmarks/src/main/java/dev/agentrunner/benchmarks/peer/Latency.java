package dev.agentrunner.benchmarks.peer;

import dev.agentrunner.benchmarks.result.Findings;
import dev.agentrunner.benchmarks.result.Goal;
import dev.agentrunner.benchmarks.result.Measurement;
import dev.agentrunner.benchmarks.result.Progress;
import java.sql.Connection;
import java.sql.DriverManager;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/**
 * W4: from a submission to the first step, when nothing else is going on; in one process, and from one node to another. And the
 * same among many runs that are under way.
 */
public final class Latency implements Measurement {

    private static final double MICROS = 1_000;
    private static final double NANOS = 1_000_000;
    private static final int BUSY = 500;
    private static final String P50 = "ms p50";
    private static final String P99 = "ms p99";
    private static final String HERE = "W4, submission to first step, one process";
    private static final String QUEUED = HERE + ", by queue";
    private static final String AMONG_BUSY = HERE + ", among " + BUSY + " runs of steps of 250 ms";
    private static final String THERE = "W4, submission to first step, two nodes";

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
        Repetitions all = new Repetitions();
        int runs = quick ? 200 : 300;
        int polls = quick ? 3 : 5; // who polls takes a poll each
        for (int i = 0; i < (quick ? 1 : 5); i++) {
            here(all, HERE, Peer.AGENT_RUNNER, runs, Map.of());
            here(all, AMONG_BUSY, Peer.AGENT_RUNNER, runs, Map.of("at_once", BUSY + 1, "busy", BUSY, "pause_ms", 250));
            there(all, Peer.AGENT_RUNNER, runs);
            here(all, HERE, Peer.DBOS, runs, Map.of());
            here(all, QUEUED, Peer.DBOS, polls, Map.of("queued", true));
            there(all, Peer.DBOS, polls);
            here(all, QUEUED, Peer.DB_SCHEDULER, quick ? 50 : 100, Map.of("queued", true));
            here(all, QUEUED, Peer.JOBRUNR, polls, Map.of("queued", true));
            limit(all, runs);
        }
        double alone = all.median(HERE, Peer.AGENT_RUNNER, P99);
        double amongBusy = all.median(AMONG_BUSY, Peer.AGENT_RUNNER, P99);
        return new Findings(
                all.results(),
                List.of(
                        Goal.atMost("W4", "p99 in one process", 5, alone, "ms"),
                        Goal.atMost(
                                "W4",
                                "p99 from one node to another",
                                20,
                                all.median(THERE, Peer.AGENT_RUNNER, P99),
                                "ms"),
                        Goal.atMost("W4", "p99 among 500 busy runs", 2, amongBusy / alone, "times that alone")));
    }

    private void here(Repetitions all, String workload, Peer peer, int runs, Map<String, Object> settings)
            throws Exception {
        Progress.say(workload + ", " + peer.title);
        String url = fresh(peer);
        add(all, workload, peer, PeerProcess.run(peer, "idle", url, and(settings, runs)));
    }

    private void there(Repetitions all, Peer peer, int runs) throws Exception {
        Progress.say(THERE + ", " + peer.title);
        String url = fresh(peer);
        try (PeerProcess worker = PeerProcess.start(peer, "work", url, and(Map.of(), runs))) {
            worker.await("ready");
            PeerProcess.run(peer, "idle", url, and(Map.of("executes", false), runs));
            add(all, THERE, peer, worker.finish());
        }
    }

    private static Map<String, Object> and(Map<String, Object> settings, int runs) {
        Map<String, Object> all = new HashMap<>(settings);
        all.put("runs", runs);
        all.put("warm", runs < 10 ? 1 : 2 * runs);
        return all;
    }

    private void limit(Repetitions all, int rows) throws Exception {
        try (Connection connection = DriverManager.getConnection(postgres.newDatabase())) {
            long[] nanos = SingleRows.lone(connection, rows);
            String workload = "W4, a lone transaction of one row";
            String limit = "limit: Postgres and its disk";
            all.add(workload, limit, P50, rows + " rows", nanos[rows / 2] / NANOS);
            all.add(workload, limit, P99, "", nanos[rows * 99 / 100 - 1] / NANOS);
        }
    }

    private String fresh(Peer peer) throws Exception {
        String url = postgres.newDatabase();
        PeerProcess.run(peer, "migrate", url, Map.of());
        return url;
    }

    private static void add(Repetitions all, String workload, Peer peer, Map<String, String> said) {
        long arrived = Long.parseLong(said.get("arrived"));
        all.add(workload, peer.title, P50, arrived + " runs", Long.parseLong(said.get("p50_us")) / MICROS);
        String most = arrived < 100 ? "ms, the longest" : P99;
        all.add(workload, peer.title, most, "", Long.parseLong(said.get("p99_us")) / MICROS);
    }
}
