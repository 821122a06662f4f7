package dev.agentrunner.jdbc.postgres;

import static org.assertj.core.api.Assertions.assertThat;

import dev.agentrunner.jdbc.commit.StoreThreads;
import dev.agentrunner.spi.model.Event;
import dev.agentrunner.spi.model.RunId;
import dev.agentrunner.spi.queue.Claim;
import dev.agentrunner.spi.store.Store;
import dev.agentrunner.tck.fixture.Ids;
import dev.agentrunner.tck.fixture.Runs;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Queue;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.atomic.AtomicInteger;

/** Threads that append numbered events, each to a run of its own, while something goes wrong. */
final class Writers {

    private final Store store;
    private final Map<RunId, Integer> written = new ConcurrentHashMap<>();
    private final Queue<Throwable> failures = new ConcurrentLinkedQueue<>();
    private final AtomicInteger commits = new AtomicInteger();
    private final List<Thread> threads = new ArrayList<>();
    private volatile boolean enough;

    Writers(Store store, int count) {
        this.store = store;
        Runs runs = new Runs(store);
        for (int i = 0; i < count; i++) {
            Claim claim = runs.running(Ids.node());
            threads.add(StoreThreads.start("writer-" + i, () -> write(runs, claim)));
        }
    }

    private void write(Runs runs, Claim claim) {
        try {
            for (int n = 0; !enough; n++) {
                runs.appended(runs.holding(claim).log("no " + n));
                written.put(claim.run(), n + 1);
                commits.incrementAndGet();
            }
        } catch (RuntimeException | Error e) {
            failures.add(e);
        }
    }

    /** Waits until so many further commits are durable. */
    void awaitProgress(int further) {
        int goal = commits.get() + further;
        RawPostgres.await(further + " more commits became durable", () -> commits.get() >= goal || !failures.isEmpty());
    }

    /** Stops, and insists that every commit is there exactly once and in order. */
    void finish() {
        enough = true;
        threads.forEach(StoreThreads::join);
        assertThat(failures).isEmpty();
        written.forEach((run, count) -> {
            List<Event> events = store.log().read(run, 2, Integer.MAX_VALUE);
            assertThat(events).hasSize(count);
            for (int n = 0; n < count; n++) {
                assertThat(events.get(n).seq()).isEqualTo(n + 3L);
                assertThat(events.get(n).payload().text()).contains("\"no " + n + "\"");
            }
        });
    }
}
