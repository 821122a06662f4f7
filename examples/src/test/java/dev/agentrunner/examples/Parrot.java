package dev.agentrunner.examples;

import dev.agentrunner.spi.llm.ChatRequest;
import dev.agentrunner.spi.llm.Delta;
import dev.agentrunner.spi.llm.FinishReason;
import dev.agentrunner.spi.llm.Generation;
import dev.agentrunner.spi.llm.ModelAnswer;
import dev.agentrunner.spi.llm.ModelProvider;
import dev.agentrunner.spi.llm.Usage;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.function.Consumer;
import java.util.function.Function;

/** A model that answers at once what the test says, in the place of Ollama. */
final class Parrot implements ModelProvider {

    final List<ChatRequest> asked = Collections.synchronizedList(new ArrayList<>());
    private final Function<ChatRequest, String> answers;

    Parrot(Function<ChatRequest, String> answers) {
        this.answers = answers;
    }

    static String prompt(ChatRequest request) {
        return request.messages().get(request.messages().size() - 1).text();
    }

    @Override
    public String name() {
        return "ollama";
    }

    @Override
    public Generation generate(ChatRequest request, Consumer<Delta> deltas) {
        asked.add(request);
        String text = answers.apply(request);
        deltas.accept(new Delta.Text(text));
        ModelAnswer answer = new ModelAnswer(request.model(), text, "", List.of(), new Usage(10, 5), FinishReason.STOP);
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
