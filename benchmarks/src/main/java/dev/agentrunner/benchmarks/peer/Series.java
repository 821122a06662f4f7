package dev.agentrunner.benchmarks.peer;

import dev.agentrunner.benchmarks.result.Progress;
import dev.agentrunner.benchmarks.result.Result;
import java.util.ArrayList;
import java.util.EnumMap;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.LockSupport;

/** Repetitions of one workload, in which the engines take turns. */
final class Series {

    /** Backends tell the server once a second at most what they did. */
    private static final long TOLD = TimeUnit.MILLISECONDS.toNanos(1_200);

    private final String workload;
    private final int atOnce;
    private final int repetitions;
    private final int warmSeconds;
    private final int seconds;
    private final Map<String, Object> more;
    private final Map<Peer, List<Repetition>> taken = new EnumMap<>(Peer.class);

    /** What was seen once, per run where nothing else is said. */
    private record Repetition(
            double runsPerSecond, double commits, double walBytes, double cpuMillis, double megabytes, String grade) {}

    Series(String workload, int atOnce, int repetitions, int warmSeconds, int seconds, Map<String, Object> more) {
        this.workload = workload;
        this.atOnce = atOnce;
        this.repetitions = repetitions;
        this.warmSeconds = warmSeconds;
        this.seconds = seconds;
        this.more = more;
    }

    /** One warm-up that is thrown away, then the repetitions; each engine begins with a new JVM and an empty database. */
    Series take(List<Peer> peers, Postgres postgres) throws Exception {
        for (int i = 0; i < repetitions; i++) {
            for (Peer peer : peers) {
                Progress.say(workload + ", " + peer.title);
                taken.computeIfAbsent(peer, any -> new ArrayList<>()).add(once(peer, postgres));
            }
        }
        return this;
    }

    private Repetition once(Peer peer, Postgres postgres) throws Exception {
        String url = postgres.newDatabase();
        PeerProcess.run(peer, "migrate", url, Map.of());
        Map<String, Object> settings = new HashMap<>(more);
        settings.put("at_once", atOnce);
        settings.put("warm_seconds", warmSeconds);
        settings.put("seconds", seconds);
        try (PeerProcess process = PeerProcess.start(peer, "runs", url, settings)) {
            process.await("ready");
            LockSupport.parkNanos(TOLD);
            Postgres.Usage before = postgres.usage(url);
            process.go();
            String grade = process.await("grade");
            LockSupport.parkNanos(TOLD);
            Postgres.Usage used = postgres.usage(url).since(before);
            double runs = process.number("runs");
            double nanos = process.number("nanos");
            long own = process.number("measured_cpu_ms");
            long resident = Long.parseLong(process.finish().get("rss_kb"));
            return new Repetition(
                    runs * 1e9 / nanos,
                    used.commits() / runs,
                    used.walBytes() / runs,
                    (used.cpuMillis() + own) / runs,
                    resident / 1024.0,
                    grade);
        }
    }

    List<Result> results() {
        List<Result> results = new ArrayList<>();
        taken.forEach((peer, each) -> results.add(new Result(
                workload,
                peer.title,
                "runs/s",
                each.stream().map(Repetition::runsPerSecond).toList(),
                remarks(each))));
        return results;
    }

    private static String remarks(List<Repetition> all) {
        Repetition last = all.get(all.size() - 1);
        return String.format(
                java.util.Locale.ROOT,
                "per run %s commits, %,.1f kB of WAL, %s ms of CPU; %,.0f MB resident; %s",
                Throughput.perRun(last.commits()),
                last.walBytes() / 1_000,
                Throughput.perRun(last.cpuMillis()),
                last.megabytes(),
                last.grade());
    }

    /** How many times the runs per second of DBOS Transact agent-runner does. */
    double ratio() {
        return median(Peer.AGENT_RUNNER) / median(Peer.DBOS);
    }

    /** Commits per run of agent-runner. */
    double commits() {
        return new Result(
                        workload,
                        "",
                        "",
                        taken.getOrDefault(Peer.AGENT_RUNNER, List.of()).stream()
                                .map(Repetition::commits)
                                .toList(),
                        "")
                .median();
    }

    private double median(Peer peer) {
        return results().stream()
                .filter(each -> each.contestant().equals(peer.title))
                .findFirst()
                .orElseThrow()
                .median();
    }
}
