package dev.agentrunner.server.client;

/**
 * What commands work on: a server, or a store in this process. Answers are the documents of the HTTP contract. All calls throw
 * {@link UnreachableException} or {@link dev.agentrunner.spi.error.StoreUnavailableException} if nobody answers, and {@link
 * ProblemException} or the engine's exceptions if it is refused. Used by one thread at a time.
 */
public interface Backend extends AutoCloseable {

    Reads reads();

    Commands commands();

    Offers offers();

    Feed feed();

    @Override
    void close();
}
