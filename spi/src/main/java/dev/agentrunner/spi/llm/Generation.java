package dev.agentrunner.spi.llm;

import java.util.concurrent.CompletableFuture;

/** A generation under way. Thread-safe. */
public interface Generation extends AutoCloseable {

    /**
     * Completes with the whole answer; exceptionally with {@link ModelException}, of kind {@link
     * ModelException.Kind#CANCELED} after {@link #close}.
     */
    CompletableFuture<ModelAnswer> answer();

    /**
     * Ends it at any moment, also before the server has said anything: within a second the connection is gone. Of no
     * effect once the answer is complete, or a second time.
     */
    @Override
    void close();
}
