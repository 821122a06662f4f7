package dev.agentrunner.core.live;

import dev.agentrunner.live.Live;
import dev.agentrunner.live.LiveEvent;
import java.util.List;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.function.Consumer;
import java.util.function.Supplier;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Passes what steps show on to whoever watches. Thread-safe. */
public final class Broadcast implements Live {

    private static final Logger LOG = LoggerFactory.getLogger(Broadcast.class);

    private final List<Consumer<LiveEvent>> watchers = new CopyOnWriteArrayList<>();
    private final Set<Supplier<LiveEvent>> pulses = ConcurrentHashMap.newKeySet();

    /** One that nobody watches yet. */
    public Broadcast() {}

    @Override
    public Watching watch(Consumer<LiveEvent> watcher) {
        watchers.add(watcher);
        return () -> watchers.remove(watcher);
    }

    /** Lets {@link #beat} tell how something is coming along, until closed. */
    public Watching pulse(Supplier<LiveEvent> pulse) {
        pulses.add(pulse);
        return () -> pulses.remove(pulse);
    }

    /** Tells how everything is coming along that has a pulse. */
    public void beat() {
        if (!watchers.isEmpty()) {
            pulses.forEach(pulse -> tell(pulse.get()));
        }
    }

    public void tell(LiveEvent event) {
        for (Consumer<LiveEvent> watcher : watchers) {
            try {
                watcher.accept(event);
            } catch (RuntimeException e) {
                LOG.warn("A watcher failed on step {} of run {}", event.step(), event.run(), e);
            }
        }
    }
}
