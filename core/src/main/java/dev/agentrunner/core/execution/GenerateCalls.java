package dev.agentrunner.core.execution;

import dev.agentrunner.core.llm.Asking;
import dev.agentrunner.core.state.RunHistory;
import dev.agentrunner.core.state.StepCommand;
import dev.agentrunner.core.state.Terms;
import dev.agentrunner.spi.llm.ChatRequest;
import dev.agentrunner.spi.llm.ModelException;
import dev.agentrunner.workflow.GenerateOptions;
import dev.agentrunner.workflow.GenerateOptions.Keeping;
import dev.agentrunner.workflow.MediaTypes;
import dev.agentrunner.workflow.Reply;
import dev.agentrunner.workflow.ResultType;
import dev.agentrunner.workflow.StepContext;
import java.nio.charset.StandardCharsets;

/**
 * Asks models, as steps.
 *
 * @param terms may name other models than the code does
 */
record GenerateCalls(Execution execution, StepCalls steps, Terms terms) {

    Reply generate(String name, ChatRequest request, GenerateOptions options) {
        String model = terms.models().getOrDefault(name, request.model());
        return steps.step(
                name,
                "llm",
                ResultType.of(Reply.class),
                options.step(),
                step -> ask(step, request.withModel(model), options));
    }

    private Reply ask(StepContext step, ChatRequest request, GenerateOptions options) throws InterruptedException {
        Reply reply = asking(step).ask(request, options);
        if (request.format() != null) {
            requireJson(reply);
        }
        Keeping keeping = options.keeping();
        if (keeping != null) {
            String type = keeping.mediaType() == null ? MediaTypes.ofName(keeping.name()) : keeping.mediaType();
            String text = execution.secrets().redact(reply.text());
            step.artifact(keeping.name(), keeping.kind(), type, text.getBytes(StandardCharsets.UTF_8));
        }
        return reply;
    }

    private static void requireJson(Reply reply) {
        try {
            reply.json();
        } catch (IllegalArgumentException e) {
            throw new ModelException(
                    ModelException.Kind.MALFORMED,
                    "Model " + reply.model() + " was asked for JSON and answered something else: " + e.getMessage(),
                    e);
        }
    }

    private Asking asking(StepContext attempt) {
        return new Asking(
                execution.kit().settings().models(),
                execution.secrets(),
                execution.run(),
                attempt.id(),
                attempt.attempt(),
                notes -> execution.record(new StepCommand.Tell(attempt.id(), notes)),
                () -> execution.journal().view(RunHistory::spending));
    }
}
