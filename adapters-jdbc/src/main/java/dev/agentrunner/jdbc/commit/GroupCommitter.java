package dev.agentrunner.jdbc.commit;

import dev.agentrunner.jdbc.sql.Dialect;
import dev.agentrunner.spi.log.AppendOutcome;
import dev.agentrunner.spi.log.Commit;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutorService;
import java.util.stream.IntStream;

/**
 * Takes commits from many threads and writes them in batches, over as many lanes as there are writers. All commits of a
 * run take the same lane, in the order in which they came. Thread-safe.
 */
public final class GroupCommitter implements AutoCloseable {

    private final List<Lane> lanes;
    private final List<Thread> threads;
    private final List<ExecutorService> telling;
    private final Outage outage;

    public GroupCommitter(Dialect dialect, List<? extends BatchWriter> writers, Followers followers) {
        this.outage = new Outage(dialect.describe());
        this.telling = IntStream.range(0, writers.size())
                .mapToObj(i -> StoreThreads.serial("agent-runner-committed-" + i))
                .toList();
        this.lanes = IntStream.range(0, writers.size())
                .mapToObj(i -> {
                    Telling told = new Telling(dialect.describe(), followers, telling.get(i));
                    return new Lane(dialect.describe(), new BatchAttempt(writers.get(i), dialect, outage, told));
                })
                .toList();
        this.threads = IntStream.range(0, lanes.size())
                .mapToObj(i -> StoreThreads.start("agent-runner-commit-" + i, lanes.get(i)))
                .toList();
    }

    /** Futures are completed by a thread that all of the lane share; what depends on them must not block. */
    public CompletableFuture<AppendOutcome> append(Commit commit) {
        int lane = Math.floorMod(commit.run().hashCode(), lanes.size());
        return lanes.get(lane).append(commit);
    }

    /** Writes what waits, once more even during an outage; afterwards nothing is taken. Closing again does nothing. */
    @Override
    public void close() {
        lanes.forEach(Lane::close);
        outage.close();
        threads.forEach(StoreThreads::join);
        telling.forEach(StoreThreads::finish);
    }
}
