package dev.agentrunner.workflow;

import java.util.List;
import java.util.Set;
import java.util.function.Consumer;

/** Workflows that may change while a runner runs, such as a folder of files. Thread-safe. */
public interface WorkflowSource extends AutoCloseable {

    /**
     * Begins to give workflows: those there are now before it returns, and all of them again after each change.
     *
     * @param surroundings what the workflows may refer to
     * @param changed takes all workflows there are now; what is missing takes no new runs, and those under way go on
     */
    void start(Surroundings surroundings, Consumer<List<Workflow<?, ?>>> changed);

    /** Makes a workflow of a text that a run has kept, though no file has it any more. */
    About.Declared.Reader reader();

    /** The format of its texts, such as {@code yaml}. */
    String format();

    /** Ends watching. Closing again does nothing. */
    @Override
    void close();

    /**
     * What workflows may refer to.
     *
     * @param workflows names of workflows written in code
     * @param providers names of language model providers
     */
    record Surroundings(Set<String> workflows, Set<String> providers) {}
}
