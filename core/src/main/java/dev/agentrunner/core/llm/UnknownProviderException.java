package dev.agentrunner.core.llm;

import dev.agentrunner.workflow.TerminalFailureException;
import java.util.Collection;

/** A model was named whose provider this node does not have. */
public final class UnknownProviderException extends TerminalFailureException {

    private static final long serialVersionUID = 1L;

    UnknownProviderException(String model, Collection<String> known) {
        super(
                "unknown_provider",
                "Model '" + model + "' is not of the form provider/model with one of the providers that this node has: "
                        + (known.isEmpty() ? "none; add one to the runner's models" : String.join(", ", known)));
    }
}
