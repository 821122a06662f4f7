package dev.agentrunner.benchmarks.result;

import java.util.List;
import java.util.stream.Stream;

/** What a measurement has found: figures, and which goals they reach. */
public record Findings(List<Result> results, List<Goal> goals) {

    public Findings {
        results = List.copyOf(results);
        goals = List.copyOf(goals);
    }

    public Findings and(Findings more) {
        return new Findings(
                Stream.concat(results.stream(), more.results.stream()).toList(),
                Stream.concat(goals.stream(), more.goals.stream()).toList());
    }
}
