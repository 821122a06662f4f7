package dev.agentrunner.yaml.problem;

import dev.agentrunner.spi.error.AgentRunnerException;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Collectors;

/** A workflow file cannot be used. The message lists what is wrong with it, one problem a line. */
public final class WorkflowFileException extends AgentRunnerException {

    private static final long serialVersionUID = 1L;

    private final ArrayList<Problem> problems;

    /**
     * Says all of it.
     *
     * @param problems at least one
     */
    public WorkflowFileException(String file, List<Problem> problems) {
        super("The workflow file " + file + " is not used until this is mended:\n"
                + problems.stream().map(Problem::toString).collect(Collectors.joining("\n")));
        this.problems = new ArrayList<>(problems);
    }

    /** All that were found, by place. */
    public List<Problem> problems() {
        return List.copyOf(problems);
    }
}
