package dev.agentrunner.examples.feature;

import dev.agentrunner.AgentRunner;
import dev.agentrunner.memory.InMemoryStore;
import dev.agentrunner.workflow.Branches.Branch;
import dev.agentrunner.workflow.Workflow;
import java.io.PrintStream;
import java.util.List;

/** Many items, three at a time; and two different things side by side. */
public final class ParallelMapExample {

    static final Workflow<String, String> COUNT = Workflow.named("count-words", "1")
            .input(String.class)
            .output(String.class)
            .body((run, text) -> {
                List<String> lines = text.lines().toList();
                List<Integer> words = run.map(
                        "lines",
                        Integer.class,
                        lines,
                        3,
                        (branch, line) -> branch.step("count", Integer.class, step -> line.split(" ").length));
                List<Integer> both = run.parallel(
                        "both",
                        Integer.class,
                        List.of(
                                new Branch<>(
                                        "longest",
                                        branch -> branch.step(
                                                "max",
                                                Integer.class,
                                                step -> words.stream()
                                                        .max(Integer::compare)
                                                        .orElse(0))),
                                new Branch<>(
                                        "all",
                                        branch -> branch.step(
                                                "sum",
                                                Integer.class,
                                                step -> words.stream()
                                                        .mapToInt(Integer::intValue)
                                                        .sum()))));
                return "words per line " + words + ", longest " + both.get(0) + ", all " + both.get(1);
            });

    private ParallelMapExample() {}

    public static void run(PrintStream out) throws Exception {
        try (AgentRunner runner =
                AgentRunner.builder().store(new InMemoryStore()).workflow(COUNT).build()) {
            String text = "a run is made of steps\nsteps are recorded once\nnothing is lost";
            out.println(runner.submit(COUNT, text).await(String.class));
        }
    }
}
