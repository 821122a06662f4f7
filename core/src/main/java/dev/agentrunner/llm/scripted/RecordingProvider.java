package dev.agentrunner.llm.scripted;

import dev.agentrunner.llm.scripted.Interaction.Chunk;
import dev.agentrunner.llm.scripted.Interaction.Ending;
import dev.agentrunner.spi.llm.ChatRequest;
import dev.agentrunner.spi.llm.Delta;
import dev.agentrunner.spi.llm.FinishReason;
import dev.agentrunner.spi.llm.Generation;
import dev.agentrunner.spi.llm.ModelAnswer;
import dev.agentrunner.spi.llm.ModelException;
import dev.agentrunner.spi.llm.ModelException.Kind;
import dev.agentrunner.spi.llm.ModelLibrary;
import dev.agentrunner.spi.llm.ModelProvider;
import dev.agentrunner.spi.llm.Usage;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/**
 * Asks another provider, and records what it answers, secrets and all: look through a cassette before you share it.
 * Canceled generations are not recorded. Thread-safe.
 */
public final class RecordingProvider implements ModelProvider {

    private final ModelProvider provider;
    private final List<Interaction> recorded = Collections.synchronizedList(new ArrayList<>());

    public RecordingProvider(ModelProvider provider) {
        this.provider = provider;
    }

    /** All that has ended so far, in the order in which it did. */
    public Cassette cassette() {
        synchronized (recorded) {
            return new Cassette(recorded);
        }
    }

    @Override
    public String name() {
        return provider.name();
    }

    @Override
    public boolean isScripted() {
        return provider.isScripted();
    }

    @Override
    public Optional<ModelLibrary> library() {
        return provider.library();
    }

    @Override
    public Generation generate(ChatRequest request, Consumer<Delta> deltas) {
        long begun = System.nanoTime();
        List<Chunk> chunks = Collections.synchronizedList(new ArrayList<>());
        Generation generation = provider.generate(request, delta -> {
            chunks.add(new Chunk(millisSince(begun), delta));
            deltas.accept(delta);
        });
        CompletableFuture<ModelAnswer> recording = new CompletableFuture<>();
        generation.answer().whenComplete((answer, error) -> {
            Ending ending = ending(millisSince(begun), answer, error);
            if (ending.failure() != Kind.CANCELED) {
                recorded.add(new Interaction(CassetteFormat.request(request), chunks, ending));
            }
            if (error != null) {
                recording.completeExceptionally(error);
            } else {
                recording.complete(answer);
            }
        });
        return new Recording(generation, recording);
    }

    /** The answer is complete once it is recorded. */
    private record Recording(Generation generation, CompletableFuture<ModelAnswer> answer) implements Generation {
        @Override
        public void close() {
            generation.close();
        }
    }

    private static Ending ending(long at, @Nullable ModelAnswer answer, @Nullable Throwable error) {
        if (answer != null) {
            return new Ending(at, answer.model(), answer.usage(), answer.finishReason(), null, "");
        }
        Kind kind = error instanceof ModelException failure ? failure.kind() : Kind.MALFORMED;
        return new Ending(
                at,
                null,
                Usage.NONE,
                FinishReason.OTHER,
                kind,
                error == null ? "" : String.valueOf(error.getMessage()));
    }

    private static long millisSince(long begun) {
        return TimeUnit.NANOSECONDS.toMillis(System.nanoTime() - begun);
    }
}
