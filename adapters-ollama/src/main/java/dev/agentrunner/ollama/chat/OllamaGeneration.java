package dev.agentrunner.ollama.chat;

import dev.agentrunner.ollama.http.Call;
import dev.agentrunner.ollama.http.Exchange;
import dev.agentrunner.spi.llm.ChatRequest;
import dev.agentrunner.spi.llm.Delta;
import dev.agentrunner.spi.llm.Generation;
import dev.agentrunner.spi.llm.ModelAnswer;
import dev.agentrunner.spi.llm.ModelException;
import dev.agentrunner.spi.llm.PullProgress;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionException;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** A chat; where that is wanted, fetching its model first, once. Thread-safe. */
final class OllamaGeneration implements Generation {

    private static final Logger LOG = LoggerFactory.getLogger(OllamaGeneration.class);

    private final CompletableFuture<ModelAnswer> answer = new CompletableFuture<>();
    private final Chats chats;
    private final ChatRequest request;
    private final Teller<Runnable> teller = new Teller<>(Runnable::run);
    private final Consumer<Delta> deltas;
    private boolean ended; // guarded by this
    private @Nullable Exchange<?> current; // guarded by this
    private volatile boolean opened;
    private volatile boolean begun;

    OllamaGeneration(Chats chats, ChatRequest request, Consumer<Delta> deltas) {
        this.chats = chats;
        this.request = request;
        this.deltas = deltas;
    }

    void begin(Call chat) {
        answer.whenComplete((whole, failure) -> {
            teller.end(() -> {}); // somebody else may have completed it
            hangUp();
        });
        ask(chat, chats.pulls());
    }

    void fail(ModelException why) {
        teller.end(() -> answer.completeExceptionally(why));
    }

    @Override
    public CompletableFuture<ModelAnswer> answer() {
        return answer;
    }

    @Override
    public void close() {
        fail(new ModelException(
                ModelException.Kind.CANCELED, "The generation was closed; what was said until then is not its answer"));
        hangUp();
    }

    private void ask(Call chat, @Nullable Consumer<PullProgress> pulls) {
        if (answer.isDone()) {
            return;
        }
        Exchange<ModelAnswer> exchange = chats.endpoint().stream(chat, new ChatStream(request.model(), this::tell));
        hold(exchange);
        exchange.result().whenComplete((whole, failure) -> {
            if (failure == null) {
                teller.end(() -> answer.complete(whole));
                return;
            }
            ModelException why = known(failure);
            if (pulls != null && !begun && why.kind() == ModelException.Kind.MODEL_NOT_FOUND) {
                pull(chat, pulls);
            } else {
                fail(why);
            }
        });
    }

    private void pull(Call chat, Consumer<PullProgress> pulls) {
        LOG.atInfo().addKeyValue("model", request.model()).log("Pulling a missing model");
        Exchange<Boolean> exchange = chats.endpoint().stream(
                PullStream.call(request.model(), request.connectTimeout()),
                new PullStream(progress -> teller.tell(() -> pulls.accept(progress))));
        hold(exchange);
        exchange.result().whenComplete((success, failure) -> {
            if (failure == null) {
                ask(chat, null);
            } else {
                fail(known(failure));
            }
        });
    }

    /** A second opening, after a model was fetched, is no news. */
    private void tell(Delta delta) {
        if (delta instanceof Delta.Opened) {
            if (opened) {
                return;
            }
            opened = true;
        } else {
            begun = true;
        }
        teller.tell(() -> deltas.accept(delta));
    }

    private void hold(Exchange<?> exchange) {
        boolean late;
        synchronized (this) {
            late = ended;
            current = exchange;
        }
        if (late) {
            exchange.close();
        }
    }

    private void hangUp() {
        Exchange<?> exchange;
        synchronized (this) {
            ended = true;
            exchange = current;
        }
        if (exchange != null) {
            exchange.close();
        }
    }

    private static ModelException known(Throwable failure) {
        Throwable cause =
                failure instanceof CompletionException && failure.getCause() != null ? failure.getCause() : failure;
        return cause instanceof ModelException known
                ? known
                : new ModelException(ModelException.Kind.MALFORMED, "Reading the answer failed: " + cause, cause);
    }
}
