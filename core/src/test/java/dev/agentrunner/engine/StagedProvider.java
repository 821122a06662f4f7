package dev.agentrunner.engine;

import dev.agentrunner.spi.llm.ChatRequest;
import dev.agentrunner.spi.llm.Delta;
import dev.agentrunner.spi.llm.FinishReason;
import dev.agentrunner.spi.llm.Generation;
import dev.agentrunner.spi.llm.ModelAnswer;
import dev.agentrunner.spi.llm.ModelException;
import dev.agentrunner.spi.llm.ModelException.Kind;
import dev.agentrunner.spi.llm.ModelProvider;
import dev.agentrunner.spi.llm.Usage;
import java.util.List;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.Consumer;

/** A provider whose answers a test gives by hand, or all at once. Thread-safe. */
final class StagedProvider implements ModelProvider {

    private final String name;
    private final Consumer<Call> director;
    private final BlockingQueue<Call> calls = new LinkedBlockingQueue<>();
    private final AtomicInteger open = new AtomicInteger();
    private final AtomicInteger mostOpen = new AtomicInteger();

    /** One that leaves its calls to {@link #next}. */
    StagedProvider(String name) {
        this(name, call -> {});
    }

    /**
     * @param director is given each call as it comes
     */
    StagedProvider(String name, Consumer<Call> director) {
        this.name = name;
        this.director = director;
    }

    /** A generation that was asked for. */
    final class Call implements Generation {

        final ChatRequest request;
        private final Consumer<Delta> deltas;
        private final CompletableFuture<ModelAnswer> answer = new CompletableFuture<>();
        private final StringBuilder text = new StringBuilder();
        private final StringBuilder thinking = new StringBuilder();

        private Call(ChatRequest request, Consumer<Delta> deltas) {
            this.request = request;
            this.deltas = deltas;
            mostOpen.accumulateAndGet(open.incrementAndGet(), Math::max);
            answer.whenComplete((done, error) -> open.decrementAndGet());
        }

        Call says(Delta... pieces) {
            for (Delta piece : pieces) {
                if (piece instanceof Delta.Text more) {
                    text.append(more.text());
                } else if (piece instanceof Delta.Thinking more) {
                    thinking.append(more.text());
                }
                deltas.accept(piece);
            }
            return this;
        }

        Call says(String more) {
            return says(new Delta.Text(more));
        }

        void ends(long inputTokens, long outputTokens) {
            answer.complete(new ModelAnswer(
                    request.model(),
                    text.toString(),
                    thinking.toString(),
                    List.of(),
                    new Usage(inputTokens, outputTokens),
                    FinishReason.STOP));
        }

        void fails(ModelException failure) {
            answer.completeExceptionally(failure);
        }

        boolean isOver() {
            return answer.isDone();
        }

        @Override
        public CompletableFuture<ModelAnswer> answer() {
            return answer;
        }

        @Override
        public void close() {
            answer.completeExceptionally(new ModelException(Kind.CANCELED, "closed"));
        }
    }

    @Override
    public String name() {
        return name;
    }

    @Override
    public Generation generate(ChatRequest request, Consumer<Delta> deltas) {
        Call call = new Call(request, deltas);
        calls.add(call);
        director.accept(call);
        return call;
    }

    /** The next call, waited for. */
    Call next() throws InterruptedException {
        Call call = calls.poll(EngineContract.SOON.toSeconds(), TimeUnit.SECONDS);
        if (call == null) {
            throw new AssertionError("Provider " + name + " was not asked");
        }
        return call;
    }

    /** How many calls nobody has taken with {@link #next}. */
    int unseen() {
        return calls.size();
    }

    int mostAtOnce() {
        return mostOpen.get();
    }
}
