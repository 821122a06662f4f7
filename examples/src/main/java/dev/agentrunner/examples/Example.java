package dev.agentrunner.examples;

import dev.agentrunner.examples.feature.ApprovalExample;
import dev.agentrunner.examples.feature.CancelExample;
import dev.agentrunner.examples.feature.ChildRunsExample;
import dev.agentrunner.examples.feature.ForkExample;
import dev.agentrunner.examples.feature.ParallelMapExample;
import dev.agentrunner.examples.feature.RetryExample;
import dev.agentrunner.examples.feature.SleepExample;
import dev.agentrunner.examples.feature.TwoNodesExample;
import java.io.PrintStream;
import java.util.LinkedHashMap;
import java.util.Map;

/** One feature, shown by a small program. */
public record Example(String about, Program program) {

    /** Shows it; prints what happens. */
    @FunctionalInterface
    public interface Program {
        void run(PrintStream out) throws Exception;
    }

    void run(PrintStream out) throws Exception {
        program.run(out);
    }

    static Map<String, Example> all() {
        Map<String, Example> all = new LinkedHashMap<>();
        all.put("retry", new Example("a step that fails twice and then succeeds", RetryExample::run));
        all.put("approval", new Example("a run that waits for a person's signal", ApprovalExample::run));
        all.put("sleep", new Example("a run that sleeps without holding a thread", SleepExample::run));
        all.put("parallel-map", new Example("many items, three at a time", ParallelMapExample::run));
        all.put("child-runs", new Example("a run that starts another and waits for it", ChildRunsExample::run));
        all.put("cancel", new Example("a step that is told to stop", CancelExample::run));
        all.put("fork", new Example("a failed run, tried again from its recorded results", ForkExample::run));
        all.put("two-nodes", new Example("two nodes share the runs of one Postgres", TwoNodesExample::run));
        return all;
    }
}
