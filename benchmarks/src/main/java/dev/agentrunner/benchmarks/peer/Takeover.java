package dev.agentrunner.benchmarks.peer;

import dev.agentrunner.benchmarks.result.Findings;
import dev.agentrunner.benchmarks.result.Goal;
import dev.agentrunner.benchmarks.result.Measurement;
import dev.agentrunner.benchmarks.result.Progress;
import dev.agentrunner.benchmarks.result.Result;
import java.io.IOException;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;

/**
 * W5: a node is in the middle of a step when it is killed, or frozen; how long until another node begins that step again, and
 * whether anything is recorded twice, also once the frozen node goes on.
 */
public final class Takeover implements Measurement {

    /** Longer than it takes to start a second node, to wait and to kill the first. */
    private static final int HANGS_MS = 12_000;

    private static final int LATE_MS = 2_000;
    private static final String DUPLICATES = """
            SELECT count(*) - count(DISTINCT (run_id, type, step_id)) FROM ar_events
            WHERE type IN ('STEP_COMPLETED', 'RUN_COMPLETED')""";
    private static final double MILLIS = 1_000;
    private static final int NODE_TIMEOUT_S = 10;

    private final Postgres postgres;
    private final List<Double> duplicates = new ArrayList<>();

    public Takeover(Postgres postgres) {
        this.postgres = postgres;
    }

    @Override
    public String name() {
        return "W5: taking over from a dead node";
    }

    @Override
    public Findings take(boolean quick) throws Exception {
        List<Double> killed = new ArrayList<>();
        for (int i = 0; i < (quick ? 2 : 5); i++) {
            killed.add(once(Peer.AGENT_RUNNER, "KILL", 60));
        }
        List<Double> frozen = new ArrayList<>();
        for (int i = 0; i < (quick ? 1 : 3); i++) {
            frozen.add(once(Peer.AGENT_RUNNER, "STOP", 60));
        }
        double peer = once(Peer.DBOS, "KILL", quick ? 15 : 60);
        String never = "the run waits until a node with the same executor id starts, or is told to recover it";
        Result records = new Result("W5, after both", Peer.AGENT_RUNNER.title, "duplicate records", duplicates, "");
        Result first = new Result("W5, after kill -9", Peer.AGENT_RUNNER.title, "s", killed, "");
        Result second = new Result("W5, after a freeze", Peer.AGENT_RUNNER.title, "s", frozen, "");
        return new Findings(
                List.of(
                        first,
                        second,
                        records,
                        new Result(
                                "W5, after kill -9",
                                Peer.DBOS.title,
                                "s",
                                List.of(peer),
                                Double.isInfinite(peer) ? never : "")),
                List.of(
                        Goal.atMost("W5", "picked up after kill -9", 1, most(killed), "s"),
                        Goal.atMost("W5", "picked up after a freeze", NODE_TIMEOUT_S + 2, most(frozen), "s"),
                        new Goal(
                                "W5",
                                "duplicate records: none",
                                most(duplicates) == 0 ? "none" : Result.number(most(duplicates)),
                                most(duplicates) == 0)));
    }

    /** Infinite if nothing was seen. */
    private static double most(List<Double> values) {
        return values.stream().mapToDouble(each -> each).max().orElse(Double.POSITIVE_INFINITY);
    }

    /** Seconds until the step begins again; infinite if it does not within the patience. */
    private double once(Peer peer, String signal, int patienceSeconds) throws Exception {
        Progress.say("W5, " + peer.title + ", " + signal);
        String url = postgres.newDatabase();
        PeerProcess.run(peer, "migrate", url, Map.of());
        Map<String, Object> hangs = Map.of("hang", true, "pause_ms", HANGS_MS);
        try (PeerProcess first = PeerProcess.start(peer, "work", url, hangs)) {
            first.await("ready");
            try (PeerProcess submitter =
                            PeerProcess.start(peer, "idle", url, Map.of("runs", 1, "warm", 0, "executes", false));
                    PeerProcess second = afterBegun(first, peer, url, hangs)) {
                second.await("ready");
                TimeUnit.SECONDS.sleep(3); // both have beaten more than once
                long micros =
                        TimeUnit.MILLISECONDS.toMicros(InstantSource.system().millis());
                Processes.signal(signal, first.pid());
                double begun = begun(second, patienceSeconds);
                if (Double.isFinite(begun) && peer == Peer.AGENT_RUNNER) {
                    Processes.signal("CONT", first.pid());
                    submitter.finish(); // once the run has ended
                    TimeUnit.MILLISECONDS.sleep(LATE_MS); // and who was frozen had time to record what it did
                    duplicates.add(duplicates(url));
                }
                return (begun - micros) / (MILLIS * MILLIS);
            } finally {
                Processes.signal("CONT", first.pid());
            }
        }
    }

    private static double duplicates(String url) throws SQLException {
        try (Connection connection = DriverManager.getConnection(url);
                Statement statement = connection.createStatement();
                ResultSet row = statement.executeQuery(DUPLICATES)) {
            row.next();
            return row.getLong(1);
        }
    }

    /** A second node, started once the first one has the run. */
    private static PeerProcess afterBegun(PeerProcess first, Peer peer, String url, Map<String, Object> settings)
            throws IOException {
        first.await("began");
        return PeerProcess.start(peer, "work", url, settings);
    }

    private static double begun(PeerProcess node, int patienceSeconds) throws InterruptedException, ExecutionException {
        ExecutorService reader = Executors.newSingleThreadExecutor();
        Future<Long> begun = reader.submit(() -> node.number("began"));
        reader.shutdown(); // it ends when the node does
        try {
            return begun.get(patienceSeconds, TimeUnit.SECONDS);
        } catch (TimeoutException e) {
            return Double.POSITIVE_INFINITY;
        }
    }
}
