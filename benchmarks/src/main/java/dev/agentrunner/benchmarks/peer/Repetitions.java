package dev.agentrunner.benchmarks.peer;

import dev.agentrunner.benchmarks.result.Result;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/** Figures of several repetitions, in the order in which they were first taken. */
final class Repetitions {

    private final Map<Row, List<Double>> taken = new LinkedHashMap<>();

    private record Row(String workload, String contestant, String unit, String remarks) {}

    void add(String workload, String contestant, String unit, String remarks, double value) {
        taken.computeIfAbsent(new Row(workload, contestant, unit, remarks), any -> new ArrayList<>())
                .add(value);
    }

    List<Result> results() {
        List<Result> results = new ArrayList<>();
        taken.forEach(
                (row, values) -> results.add(new Result(row.workload, row.contestant, row.unit, values, row.remarks)));
        return results;
    }

    double median(String workload, Peer peer, String unit) {
        return results().stream()
                .filter(each -> each.workload().equals(workload)
                        && each.contestant().equals(peer.title)
                        && each.unit().equals(unit))
                .findFirst()
                .orElseThrow()
                .median();
    }
}
