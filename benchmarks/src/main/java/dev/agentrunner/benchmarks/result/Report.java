package dev.agentrunner.benchmarks.result;

import java.util.List;
import java.util.stream.Collectors;

/** Findings as tables in Markdown, which terminals show well enough. */
public final class Report {

    private Report() {}

    public static String goals(List<Goal> goals) {
        return "| workload | goal | measured | |\n|---|---|---:|---|\n"
                + goals.stream()
                        .map(each -> "| " + each.workload() + " | " + each.wanted() + " | " + each.measured() + " | "
                                + (each.isReached() ? "pass" : "**short**") + " |\n")
                        .collect(Collectors.joining());
    }

    public static String results(List<Result> results) {
        return "| workload | engine | median (min to max) | unit | remarks |\n|---|---|---:|---|---|\n"
                + results.stream()
                        .map(each -> "| " + each.workload() + " | " + each.contestant() + " | " + each.figures() + " | "
                                + each.unit() + " | " + each.remarks() + " |\n")
                        .collect(Collectors.joining());
    }
}
