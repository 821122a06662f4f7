package dev.agentrunner.benchmarks;

import dev.agentrunner.benchmarks.alone.Alone;
import dev.agentrunner.benchmarks.http.HttpCalls;
import dev.agentrunner.benchmarks.peer.Drain;
import dev.agentrunner.benchmarks.peer.Latency;
import dev.agentrunner.benchmarks.peer.Limits;
import dev.agentrunner.benchmarks.peer.Postgres;
import dev.agentrunner.benchmarks.peer.Takeover;
import dev.agentrunner.benchmarks.peer.Throughput;
import dev.agentrunner.benchmarks.result.Findings;
import dev.agentrunner.benchmarks.result.Goal;
import dev.agentrunner.benchmarks.result.Measurement;
import dev.agentrunner.benchmarks.result.Progress;
import dev.agentrunner.benchmarks.result.Report;
import java.time.Duration;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;

/**
 * {@code ./bench [--quick] [workloads]}: measures all workloads, or those that are named, beside other engines and the limits of
 * the database; prints the figures and which goals they reach. A run of all of them that is not quick also writes them into
 * {@code docs/benchmarks.md}. {@code ./bench http}: see {@link HttpCalls}.
 */
public final class Bench {

    private Bench() {}

    public static void main(String[] args) throws Exception {
        List<String> wanted =
                Stream.of(args).filter(each -> !each.startsWith("-")).toList();
        boolean quick = List.of(args).contains("--quick");
        if (wanted.contains("http")) {
            System.out.println(
                    HttpCalls.during(Duration.ofSeconds(quick ? 5 : 30)).report());
            return;
        }
        try (Postgres postgres = new Postgres()) {
            Map<String, Measurement> all = workloads(postgres);
            Findings findings = new Findings(List.of(), List.of());
            for (Map.Entry<String, Measurement> each : all.entrySet()) {
                if (wanted.isEmpty() || wanted.contains(each.getKey())) {
                    findings = findings.and(take(each.getValue(), quick));
                }
            }
            System.out.println(Report.results(findings.results()));
            System.out.println(Report.goals(findings.goals()));
            if (wanted.isEmpty() && !quick) {
                Page.write(findings);
            }
        }
    }

    private static Map<String, Measurement> workloads(Postgres postgres) {
        Map<String, Measurement> all = new LinkedHashMap<>();
        all.put("runs", new Throughput(postgres));
        all.put("limits", new Limits());
        all.put("drain", new Drain(postgres));
        all.put("latency", new Latency(postgres));
        all.put("takeover", new Takeover(postgres));
        Alone.NAMES.forEach(name -> all.put(name, Alone.named(name)));
        return all;
    }

    /** What could not be measured is a goal that was missed; the others are measured all the same. */
    private static Findings take(Measurement measurement, boolean quick) {
        Progress.say(measurement.name());
        try {
            return measurement.take(quick);
        } catch (Exception e) {
            e.printStackTrace();
            return new Findings(
                    List.of(), List.of(new Goal(measurement.name(), "to be measured", "failed: " + e, false)));
        }
    }
}
