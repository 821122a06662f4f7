package dev.agentrunner.memory;

import dev.agentrunner.spi.log.Hint;
import dev.agentrunner.spi.log.RunLog.Subscription;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.function.Consumer;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Those who follow the log. They are told outside the store's lock, in the thread that made the change. */
final class Followers {

    private static final Logger LOG = LoggerFactory.getLogger(Followers.class);

    private final List<Follower> all = new CopyOnWriteArrayList<>();

    private record Follower(Object identity, Consumer<Hint> listener) {}

    Subscription add(Consumer<Hint> listener) {
        Follower follower = new Follower(new Object(), listener);
        all.add(follower);
        return () -> all.remove(follower);
    }

    void tell(Hint hint) {
        for (Follower follower : all) {
            try {
                follower.listener().accept(hint);
            } catch (RuntimeException e) {
                LOG.warn("A listener failed on {}; it misses this hint and stays subscribed", hint, e);
            }
        }
    }
}
