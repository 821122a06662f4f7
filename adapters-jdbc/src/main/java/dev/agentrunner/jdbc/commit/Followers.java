package dev.agentrunner.jdbc.commit;

import dev.agentrunner.spi.log.Hint;
import dev.agentrunner.spi.log.RunLog.Subscription;
import java.util.Collection;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.function.Consumer;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Hands hints to everybody who follows the log in this process. Thread-safe. */
public final class Followers {

    private static final Logger LOG = LoggerFactory.getLogger(Followers.class);

    private final List<Listener> listeners = new CopyOnWriteArrayList<>();

    public Subscription follow(Consumer<Hint> consumer) {
        Listener listener = new Listener(consumer);
        listeners.add(listener);
        return () -> listeners.remove(listener);
    }

    /** A listener that throws is logged and does not keep the others from hearing. */
    public void tell(Collection<? extends Hint> hints) {
        for (Listener listener : listeners) {
            for (Hint hint : hints) {
                tell(listener, hint);
            }
        }
    }

    private static void tell(Listener listener, Hint hint) {
        try {
            listener.consumer.accept(hint);
        } catch (RuntimeException | Error e) {
            LOG.atWarn().addKeyValue("hint", hint).setCause(e).log("A follower of the log threw; it missed a hint");
        }
    }

    /** Gives each subscription an identity, even if one consumer follows twice. */
    private static final class Listener {
        private final Consumer<Hint> consumer;

        Listener(Consumer<Hint> consumer) {
            this.consumer = consumer;
        }
    }
}
