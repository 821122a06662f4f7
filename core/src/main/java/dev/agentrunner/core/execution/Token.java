package dev.agentrunner.core.execution;

import dev.agentrunner.workflow.Cancellation;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CancellationException;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** A request to stop, made at most once. Thread-safe. */
final class Token implements Cancellation {

    private static final Logger LOG = LoggerFactory.getLogger(Token.class);

    private final List<Runnable> actions = new ArrayList<>(); // guarded by this
    private volatile boolean requested;

    void request() {
        List<Runnable> due;
        synchronized (this) {
            if (requested) {
                return;
            }
            requested = true;
            due = List.copyOf(actions);
            actions.clear();
        }
        due.forEach(Token::call);
    }

    @Override
    public boolean isRequested() {
        return requested;
    }

    @Override
    public void throwIfRequested() {
        if (requested) {
            throw new CancellationException("The run was canceled or the attempt timed out");
        }
    }

    @Override
    public void onRequest(Runnable action) {
        synchronized (this) {
            if (!requested) {
                actions.add(action);
                return;
            }
        }
        call(action);
    }

    private static void call(Runnable action) {
        try {
            action.run();
        } catch (RuntimeException | Error e) {
            // Whoever asks has more to do than this.
            LOG.warn("An action to be taken on cancellation failed", e);
        }
    }
}
