package dev.agentrunner.workflow;

import dev.agentrunner.spi.llm.ChatRequest;

/** Asking language models. */
public interface Generations {

    /**
     * Asks a model, as a step of kind {@code llm} whose result is the reply. The answer is streamed to whoever watches
     * the run; the log has when it began, that it goes on, and what came of it.
     *
     * @param request whose model is {@code provider/model}
     * @throws StepFailedException when no model has answered for good; its kind is that of {@link
     *     dev.agentrunner.spi.llm.ModelException}, {@code unknown_provider} or {@code budget_exceeded}
     */
    Reply generate(String name, ChatRequest request, GenerateOptions options);

    default Reply generate(String name, ChatRequest request) {
        return generate(name, request, GenerateOptions.DEFAULT);
    }
}
