package dev.agentrunner.workflow;

import dev.agentrunner.spi.error.AgentRunnerException;
import java.util.List;
import java.util.stream.Collectors;

/** An input is not what its workflow takes. No run was created. */
public final class InvalidInputException extends AgentRunnerException {

    private static final long serialVersionUID = 1L;

    private final transient List<Problem> problems;

    /**
     * What is wrong at one place.
     *
     * @param pointer a JSON Pointer into the input; empty for the input as a whole
     */
    public record Problem(String pointer, String detail) {}

    public InvalidInputException(String workflow, List<Problem> problems) {
        super("The input does not fit workflow " + workflow + ": "
                + problems.stream()
                        .map(each -> (each.pointer().isEmpty() ? "" : each.pointer() + ": ") + each.detail())
                        .collect(Collectors.joining("; "))
                + ". No run was created");
        this.problems = List.copyOf(problems);
    }

    public List<Problem> problems() {
        return problems;
    }
}
