package dev.agentrunner.ollama.http;

import java.net.http.HttpResponse.BodySubscriber;
import java.nio.ByteBuffer;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.Flow.Subscription;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicReference;
import org.jspecify.annotations.Nullable;

/**
 * Hands a body to its content piece by piece, asking for one more after each.
 *
 * <p>Whoever completes the result first decides. If that was not the end of the body, the connection is closed: so a
 * stream that nobody reads any more occupies nothing. The signals of a subscription come one after the other, so the
 * other fields need no guard; {@link #abort} may come at any time from anywhere.
 */
final class Body<T> implements BodySubscriber<T> {

    private final CompletableFuture<T> result = new CompletableFuture<>();
    private final AtomicReference<@Nullable Subscription> subscription = new AtomicReference<>();
    private final Content<T> content;
    private final @Nullable Gunzip gunzip;
    private final Duration grace;
    private volatile boolean ended;
    private boolean settled;

    /** @param grace how long a body that has told everything may take to end */
    Body(Content<T> content, @Nullable Gunzip gunzip, Duration grace) {
        this.content = content;
        this.gunzip = gunzip;
        this.grace = grace;
        result.whenComplete((value, failure) -> release());
    }

    @Override
    public CompletionStage<T> getBody() {
        return result;
    }

    void abort(Throwable why) {
        result.completeExceptionally(why);
    }

    @Override
    public void onSubscribe(Subscription to) {
        if (!subscription.compareAndSet(null, to)) {
            to.cancel();
            return;
        }
        attempt(content::opened);
        more(to);
    }

    @Override
    public void onNext(List<ByteBuffer> pieces) {
        attempt(() -> pieces.forEach(this::feed));
        T value = content.settled();
        if (value != null && !settled) {
            settled = true;
            result.completeOnTimeout(value, grace.toNanos(), TimeUnit.NANOSECONDS);
        }
        Subscription to = subscription.get();
        if (to != null) {
            more(to);
        }
    }

    @Override
    public void onError(Throwable broken) {
        ended = true;
        T value = content.settled();
        if (value == null) {
            result.completeExceptionally(broken);
        } else {
            result.complete(value);
        }
        unpacked();
    }

    @Override
    public void onComplete() {
        ended = true;
        attempt(() -> {
            if (gunzip != null) {
                gunzip.end();
            }
            result.complete(content.end());
        });
        unpacked();
    }

    private void feed(ByteBuffer piece) {
        if (result.isDone()) {
            return;
        }
        if (gunzip == null) {
            content.feed(piece);
        } else {
            gunzip.feed(piece, content::feed);
        }
    }

    private void attempt(Runnable step) {
        if (result.isDone()) {
            return;
        }
        try {
            step.run();
        } catch (Throwable t) {
            result.completeExceptionally(t);
        }
    }

    private void more(Subscription to) {
        if (result.isDone()) {
            to.cancel();
            unpacked();
        } else {
            to.request(1);
        }
    }

    private void release() {
        Subscription to = subscription.get();
        if (to != null && !ended) {
            to.cancel();
        }
    }

    private void unpacked() {
        if (gunzip != null) {
            gunzip.close();
        }
    }
}
