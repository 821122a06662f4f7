package dev.agentrunner.yaml;

import dev.agentrunner.spi.llm.ChatRequest;
import dev.agentrunner.spi.llm.Delta;
import dev.agentrunner.spi.llm.FinishReason;
import dev.agentrunner.spi.llm.Generation;
import dev.agentrunner.spi.llm.ModelAnswer;
import dev.agentrunner.spi.llm.ModelProvider;
import dev.agentrunner.spi.llm.ToolCall;
import dev.agentrunner.spi.llm.Usage;
import dev.agentrunner.spi.model.Json;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.function.Consumer;
import java.util.function.Function;

/** A model that answers at once what the test says; with a call of a tool if it is offered any. */
public final class Parrot implements ModelProvider {

    public final List<ChatRequest> asked = Collections.synchronizedList(new ArrayList<>());
    private final Function<ChatRequest, String> answers;

    public Parrot(Function<ChatRequest, String> answers) {
        this.answers = answers;
    }

    public static String prompt(ChatRequest request) {
        return request.messages().get(request.messages().size() - 1).text();
    }

    @Override
    public String name() {
        return "parrot";
    }

    @Override
    public Generation generate(ChatRequest request, Consumer<Delta> deltas) {
        asked.add(request);
        String text = answers.apply(request);
        deltas.accept(new Delta.Text(text));
        boolean tools = !request.tools().isEmpty();
        List<ToolCall> calls =
                tools ? List.of(new ToolCall("c1", request.tools().get(0).name(), new Json("{\"n\":1}"))) : List.of();
        FinishReason reason = tools ? FinishReason.TOOL_CALLS : FinishReason.STOP;
        ModelAnswer answer = new ModelAnswer(request.model(), text, "", calls, new Usage(10, 5), reason);
        return new Generation() {
            @Override
            public CompletableFuture<ModelAnswer> answer() {
                return CompletableFuture.completedFuture(answer);
            }

            @Override
            public void close() {}
        };
    }
}
