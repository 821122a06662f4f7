package dev.agentrunner.yaml.interpret;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.agentrunner.spi.llm.ChatRequest;
import dev.agentrunner.spi.llm.Message;
import dev.agentrunner.spi.llm.ToolCall;
import dev.agentrunner.spi.model.Json;
import dev.agentrunner.workflow.GenerateOptions;
import dev.agentrunner.workflow.GenerateOptions.Keeping;
import dev.agentrunner.workflow.Reply;
import dev.agentrunner.workflow.ResultType;
import dev.agentrunner.workflow.RunContext;
import dev.agentrunner.workflow.TerminalFailureException;
import dev.agentrunner.yaml.definition.Action;
import dev.agentrunner.yaml.definition.StepDefinition;
import dev.agentrunner.yaml.definition.StepDefinition.ArtifactDefinition;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;

/** Asks a model. */
record LlmStep(RunContext run, Host host) {

    private static final ResultType<Reply> REPLY = ResultType.of(Reply.class);

    JsonNode execute(StepDefinition step, Action.Llm llm, Scope scope) {
        return result(reply(step, llm, scope), llm);
    }

    private Reply reply(StepDefinition step, Action.Llm llm, Scope scope) {
        ChatRequest request;
        GenerateOptions options;
        try {
            request = request(step, llm, scope);
            options = options(step, llm, scope);
        } catch (TerminalFailureException e) {
            // The step fails, not the code between steps; and a reply that is recorded counts, whatever the host names
            // now.
            return run.step(step.name(), REPLY, step.options().kind("llm"), context -> {
                throw e;
            });
        }
        return run.generate(step.name(), request, options);
    }

    private ChatRequest request(StepDefinition step, Action.Llm llm, Scope scope) {
        List<Message> messages = new ArrayList<>();
        if (llm.system() != null) {
            messages.add(Message.system(scope.text(llm.system())));
        }
        messages.add(Message.user(scope.text(llm.prompt())));
        ChatRequest request = ChatRequest.of(model(step, llm), messages)
                .withTools(llm.wishes().tools())
                .withOptions(new Json(llm.wishes().options().toString()));
        if (llm.wishes().format() != null) {
            request = request.withFormat(new Json(llm.wishes().format().toString()));
        }
        if (llm.wishes().thinking() != null) {
            request = request.withThinking(llm.wishes().thinking());
        }
        return request;
    }

    private static GenerateOptions options(StepDefinition step, Action.Llm llm, Scope scope) {
        GenerateOptions options = GenerateOptions.DEFAULT
                .step(step.options())
                .fallbacks(llm.fallbacks().toArray(String[]::new));
        ArtifactDefinition artifact = step.artifact();
        return artifact == null
                ? options
                : options.keeping(new Keeping(scope.text(artifact.name()), artifact.kind(), artifact.mediaType()));
    }

    /** The engine itself puts the run's own choice first. */
    private String model(StepDefinition step, Action.Llm llm) {
        String ofRun = run.models().get(step.name());
        String ofHost = host.models().get(step.name().toUpperCase(Locale.ROOT).replaceAll("[^A-Z0-9]", "_"));
        String model = ofRun != null ? ofRun : ofHost != null ? ofHost : llm.model();
        if (model == null) {
            throw new TerminalFailureException(
                    "no_model",
                    "Step '" + step.name()
                            + "' asks no model: set its 'model', 'defaults.model' of the file, or the run "
                            + "option models." + step.name());
        }
        return model;
    }

    private static JsonNode result(Reply reply, Action.Llm llm) {
        ObjectNode result = JsonNodeFactory.instance.objectNode();
        result.put("text", reply.text());
        if (llm.wishes().format() != null) {
            result.set("json", reply.json());
        }
        if (!reply.toolCalls().isEmpty()) {
            ArrayNode calls = result.putArray("tool_calls");
            for (ToolCall call : reply.toolCalls()) {
                calls.addObject()
                        .put("id", call.id())
                        .put("name", call.name())
                        .set("arguments", call.arguments().tree());
            }
        }
        result.putObject("usage")
                .put("input_tokens", reply.usage().inputTokens())
                .put("output_tokens", reply.usage().outputTokens());
        result.put("model", reply.model());
        result.put("finish_reason", reply.finishReason().name().toLowerCase(Locale.ROOT));
        return result;
    }
}
