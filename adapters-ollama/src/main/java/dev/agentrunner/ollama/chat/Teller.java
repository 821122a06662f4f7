package dev.agentrunner.ollama.chat;

import dev.agentrunner.ollama.http.Listeners;
import dev.agentrunner.spi.llm.ModelException;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/**
 * Keeps the promise that nothing is told after the end. Thread-safe.
 *
 * <p>The end may come from another thread while something is being told. Waiting for the listener could deadlock, and
 * ending at once would let the listener see things out of order; so whoever tells brings the end, too.
 *
 * @param <E> what is told
 */
final class Teller<E> {

    private final Consumer<E> listener;
    private final Object lock = new Object();
    private boolean ended; // guarded by lock
    private boolean telling; // guarded by lock
    private @Nullable Runnable postponed; // guarded by lock

    Teller(Consumer<E> listener) {
        this.listener = Listeners.guarded(listener);
    }

    /**
     * Tells it, unless the end was there; by one thread at a time.
     *
     * @throws ModelException if the listener failed, or the end was there
     */
    void tell(E news) {
        synchronized (lock) {
            if (ended) {
                throw new ModelException(ModelException.Kind.CANCELED, "It was ended before");
            }
            telling = true;
        }
        try {
            listener.accept(news);
        } finally {
            Runnable end;
            synchronized (lock) {
                telling = false;
                end = postponed;
                postponed = null;
            }
            if (end != null) {
                end.run();
            }
        }
    }

    /** Runs the first end that is given, once nothing is being told; others never. */
    void end(Runnable how) {
        synchronized (lock) {
            if (ended) {
                return;
            }
            ended = true;
            if (telling) {
                postponed = how;
                return;
            }
        }
        how.run();
    }
}
