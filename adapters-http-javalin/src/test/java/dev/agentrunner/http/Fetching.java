package dev.agentrunner.http;

import dev.agentrunner.spi.llm.ChatRequest;
import dev.agentrunner.spi.llm.Delta;
import dev.agentrunner.spi.llm.Generation;
import dev.agentrunner.spi.llm.ModelException;
import dev.agentrunner.spi.llm.ModelInfo;
import dev.agentrunner.spi.llm.ModelLibrary;
import dev.agentrunner.spi.llm.ModelProvider;
import dev.agentrunner.spi.llm.PullProgress;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.Consumer;

/** Fetches what it is asked for as slowly as the test wants. */
final class Fetching implements ModelProvider, ModelLibrary {

    private final String name;
    private final boolean fetches;
    final CountDownLatch begun = new CountDownLatch(1);
    final CountDownLatch go = new CountDownLatch(1);
    final AtomicInteger pulls = new AtomicInteger();

    Fetching(String name, boolean fetches) {
        this.name = name;
        this.fetches = fetches;
    }

    @Override
    public String name() {
        return name;
    }

    @Override
    public Generation generate(ChatRequest request, Consumer<Delta> deltas) {
        throw new ModelException(ModelException.Kind.CONNECTION, "not asked here");
    }

    @Override
    public Optional<ModelLibrary> library() {
        return fetches ? Optional.of(this) : Optional.empty();
    }

    @Override
    public List<ModelInfo> models() {
        return List.of();
    }

    @Override
    public void pull(String model, Consumer<PullProgress> progress) {
        pulls.incrementAndGet();
        progress.accept(new PullProgress("pulling", 1, 4));
        begun.countDown();
        try {
            go.await();
        } catch (InterruptedException e) {
            throw new ModelException(ModelException.Kind.CANCELED, "interrupted", e);
        }
    }
}
