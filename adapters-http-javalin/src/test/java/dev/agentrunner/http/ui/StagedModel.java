package dev.agentrunner.http.ui;

import dev.agentrunner.spi.llm.ChatRequest;
import dev.agentrunner.spi.llm.Delta;
import dev.agentrunner.spi.llm.FinishReason;
import dev.agentrunner.spi.llm.Generation;
import dev.agentrunner.spi.llm.ModelAnswer;
import dev.agentrunner.spi.llm.ModelException;
import dev.agentrunner.spi.llm.ModelException.Kind;
import dev.agentrunner.spi.llm.ModelInfo;
import dev.agentrunner.spi.llm.ModelLibrary;
import dev.agentrunner.spi.llm.ModelProvider;
import dev.agentrunner.spi.llm.PullProgress;
import dev.agentrunner.spi.llm.Usage;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.TimeUnit;
import java.util.function.Consumer;

/** The provider {@code staged}, whose answers a test gives by hand. Thread-safe. */
final class StagedModel implements ModelProvider {

    /** Holds back models that are pulled. */
    final CountDownLatch pulled = new CountDownLatch(1);

    private final List<String> models = new CopyOnWriteArrayList<>(List.of("small"));
    private final BlockingQueue<Call> calls = new LinkedBlockingQueue<>();

    /** A generation that was asked for. */
    static final class Call implements Generation {

        private final ChatRequest request;
        private final Consumer<Delta> deltas;
        private final CompletableFuture<ModelAnswer> answer = new CompletableFuture<>();
        private final StringBuilder text = new StringBuilder();

        private Call(ChatRequest request, Consumer<Delta> deltas) {
            this.request = request;
            this.deltas = deltas;
        }

        void thinks(String more) {
            deltas.accept(new Delta.Thinking(more));
        }

        void says(String more) {
            text.append(more);
            deltas.accept(new Delta.Text(more));
        }

        void ends(Usage usage) {
            answer.complete(new ModelAnswer(request.model(), text.toString(), "", List.of(), usage, FinishReason.STOP));
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
        return "staged";
    }

    @Override
    public Generation generate(ChatRequest request, Consumer<Delta> deltas) {
        Call call = new Call(request, deltas);
        calls.add(call);
        return call;
    }

    @Override
    public Optional<ModelLibrary> library() {
        return Optional.of(new ModelLibrary() {
            @Override
            public List<ModelInfo> models() {
                return models.stream()
                        .map(name -> new ModelInfo(name, 1 << 30, Set.of("completion")))
                        .toList();
            }

            @Override
            public void pull(String model, Consumer<PullProgress> progress) {
                if (model.equals("unheard-of")) {
                    throw new ModelException(Kind.MODEL_NOT_FOUND, "There is no such model");
                }
                progress.accept(new PullProgress("pulling", 1_024, 4_096));
                try {
                    pulled.await();
                } catch (InterruptedException e) {
                    throw new ModelException(Kind.CANCELED, "The pull was interrupted", e);
                }
                models.add(model);
            }
        });
    }

    /** The next call, waited for. */
    Call next() throws InterruptedException {
        Call call = calls.poll(30, TimeUnit.SECONDS);
        if (call == null) {
            throw new AssertionError("The model was not asked");
        }
        return call;
    }
}
