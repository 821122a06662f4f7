package dev.agentrunner.core.llm;

import dev.agentrunner.llm.LiveDelta;
import dev.agentrunner.llm.LiveDeltas;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.function.Consumer;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Passes deltas on to whoever watches. */
final class Broadcast implements LiveDeltas {

    private static final Logger LOG = LoggerFactory.getLogger(Broadcast.class);

    private final List<Consumer<LiveDelta>> watchers = new CopyOnWriteArrayList<>();

    @Override
    public Watching watch(Consumer<LiveDelta> watcher) {
        watchers.add(watcher);
        return () -> watchers.remove(watcher);
    }

    void tell(LiveDelta delta) {
        for (Consumer<LiveDelta> watcher : watchers) {
            try {
                watcher.accept(delta);
            } catch (RuntimeException e) {
                LOG.warn("A watcher of live deltas failed on step {} of run {}", delta.step(), delta.run(), e);
            }
        }
    }
}
