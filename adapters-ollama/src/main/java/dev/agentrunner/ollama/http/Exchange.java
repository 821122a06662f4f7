package dev.agentrunner.ollama.http;

import dev.agentrunner.spi.llm.ModelException;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.atomic.AtomicReference;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/**
 * One request and what comes of it. Thread-safe.
 *
 * <p>Before the headers, only canceling the client's future closes the connection; after them, only canceling the
 * subscription of the body is sure to. Closing does both.
 */
public final class Exchange<T> implements AutoCloseable {

    private final CompletableFuture<T> result = new CompletableFuture<>();
    private final AtomicReference<@Nullable Body<T>> body = new AtomicReference<>();
    private volatile @Nullable CompletableFuture<?> response;

    Exchange() {}

    void fail(ModelException why) {
        result.completeExceptionally(why);
    }

    void send(
            HttpClient client,
            HttpRequest request,
            Function<HttpResponse.ResponseInfo, Body<T>> bodies,
            Function<Throwable, ModelException> failures) {
        CompletableFuture<HttpResponse<T>> sent;
        try {
            sent = client.sendAsync(request, info -> begin(bodies.apply(info)));
        } catch (RuntimeException e) {
            result.completeExceptionally(failures.apply(e));
            return;
        }
        response = sent;
        sent.whenComplete((whole, failure) -> {
            if (failure == null) {
                result.complete(whole.body());
            } else {
                result.completeExceptionally(failures.apply(failure));
            }
        });
        if (result.isDone()) {
            sent.cancel(true);
        }
    }

    /** Completes with what the content made of the body; exceptionally always with {@link ModelException}. */
    public CompletableFuture<T> result() {
        return result;
    }

    /**
     * Waits for the result. An interrupt closes the exchange and stays set.
     *
     * @throws ModelException as the result; {@code CANCELED} after an interrupt
     */
    public T await() {
        try {
            return result.get();
        } catch (InterruptedException e) {
            close();
            Thread.currentThread().interrupt();
            throw new ModelException(
                    ModelException.Kind.CANCELED, "The thread was interrupted while it waited for Ollama", e);
        } catch (ExecutionException e) {
            if (e.getCause() instanceof ModelException known) {
                throw known;
            }
            throw new IllegalStateException("An exchange fails with ModelException only", e);
        }
    }

    /** Ends it; of no effect once there is a result. */
    @Override
    public void close() {
        ModelException canceled =
                new ModelException(ModelException.Kind.CANCELED, "It was ended here, before the server had answered");
        result.completeExceptionally(canceled);
        Body<T> begun = body.get();
        if (begun != null) {
            begun.abort(canceled);
        }
        CompletableFuture<?> sent = response;
        if (sent != null) {
            sent.cancel(true);
        }
    }

    private Body<T> begin(Body<T> begun) {
        body.set(begun);
        if (result.isDone()) {
            begun.abort(new ModelException(ModelException.Kind.CANCELED, "It was ended before"));
        }
        return begun;
    }
}
