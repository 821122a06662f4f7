package dev.agentrunner.http.stream;

import dev.agentrunner.live.Live;
import dev.agentrunner.live.LiveEvent;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.function.Consumer;

/** Tells what the test says. */
final class FakeLive implements Live {

    private final List<Consumer<LiveEvent>> watchers = new CopyOnWriteArrayList<>();

    @Override
    public Watching watch(Consumer<LiveEvent> watcher) {
        watchers.add(watcher);
        return () -> watchers.remove(watcher);
    }

    void tell(LiveEvent event) {
        watchers.forEach(each -> each.accept(event));
    }

    int watchers() {
        return watchers.size();
    }
}
