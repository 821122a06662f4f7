package dev.agentrunner.jdbc.commit;

import dev.agentrunner.spi.error.AgentRunnerException;
import dev.agentrunner.spi.error.StoreClosedException;
import dev.agentrunner.spi.log.AppendOutcome;
import dev.agentrunner.spi.log.Commit;
import java.util.List;
import java.util.concurrent.Executor;
import java.util.function.Consumer;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Tells those who wait what became of their commits, and followers what was written; one lane's in order. It does so on a
 * thread beside the one that writes: to wake hundreds of threads takes about as long as to write their commits, and the
 * next batch can be written meanwhile.
 */
final class Telling {

    private static final Logger LOG = LoggerFactory.getLogger(Telling.class);

    private final String store;
    private final Followers followers;
    private final Executor thread;

    /**
     * @param thread executes one task after the other
     */
    Telling(String store, Followers followers, Executor thread) {
        this.store = store;
        this.followers = followers;
        this.thread = thread;
    }

    void written(List<Pending> batch, List<Commit> commits, List<AppendOutcome> outcomes) {
        tell(batch, told -> {
            for (int i = 0; i < told.size(); i++) {
                told.get(i).outcome().complete(outcomes.get(i));
            }
            followers.tell(Hints.of(commits, outcomes));
        });
    }

    void refused(Pending guilty, AppendOutcome.Illegal outcome) {
        tell(List.of(guilty), told -> told.get(0).outcome().complete(outcome));
    }

    void closed(List<Pending> batch) {
        StoreClosedException closed = new StoreClosedException(store);
        tell(batch, told -> told.forEach(pending -> pending.outcome().completeExceptionally(closed)));
    }

    private void tell(List<Pending> batch, Consumer<List<Pending>> what) {
        List<Pending> told = List.copyOf(batch);
        thread.execute(() -> {
            try {
                what.accept(told);
            } catch (RuntimeException | Error e) {
                abandoned(told, e);
            }
        });
    }

    /** Those who were answered before it happened have their answer; the others read what became of theirs. */
    void abandoned(List<Pending> batch, Throwable reason) {
        try {
            AgentRunnerException unknown = new AgentRunnerException(
                    "The store " + store + " gave up on a commit, which may have been written or not: " + reason
                            + ". The run's log tells; what is not in it is done again",
                    reason);
            batch.forEach(pending -> pending.outcome().completeExceptionally(unknown));
            LOG.atError()
                    .addKeyValue("store", store)
                    .setCause(reason)
                    .log("Writing a batch of {} commits ended in an error; the store goes on", batch.size());
        } catch (Error again) {
            batch.forEach(pending -> pending.outcome().completeExceptionally(reason));
        }
    }
}
