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
        return followTogether(hints -> hints.forEach(hint -> tell(consumer, hint)));
    }

    /** What is told at once is heard at once. */
    public Subscription followTogether(Consumer<Collection<? extends Hint>> consumer) {
        Listener listener = new Listener(consumer);
        listeners.add(listener);
        return () -> listeners.remove(listener);
    }

    /** A listener that throws is logged and does not keep the others from hearing. */
    public void tell(Collection<? extends Hint> hints) {
        for (Listener listener : listeners) {
            tell(listener.consumer, hints);
        }
    }

    private static <T> void tell(Consumer<T> consumer, T what) {
        try {
            consumer.accept(what);
        } catch (RuntimeException | Error e) {
            LOG.atWarn().addKeyValue("hint", what).setCause(e).log("A follower of the log threw; it missed a hint");
        }
    }

    /** Gives each subscription an identity, even if one consumer follows twice. */
    private static final class Listener {
        private final Consumer<Collection<? extends Hint>> consumer;

        Listener(Consumer<Collection<? extends Hint>> consumer) {
            this.consumer = consumer;
        }
    }
}
