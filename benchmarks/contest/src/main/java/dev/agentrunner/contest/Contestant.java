package dev.agentrunner.contest;

import java.util.List;
import java.util.concurrent.CompletionStage;

/** One engine at one place, with its own defaults but for what the place says. Safe for use by many threads. */
@SuppressWarnings("try") // nobody closes one in a try: close may throw whatever the engine throws
public interface Contestant extends AutoCloseable {

    /**
     * Submits a run of the place's steps; a thread may be held until it has ended where the engine has no other way.
     *
     * @return done when the run has ended and this is durable; fails if the run did
     */
    CompletionStage<?> run(String input) throws Exception;

    /** Queues so many runs, as fast as the engine lets one do that; returns when all of them are durable. */
    void enqueue(List<String> inputs) throws Exception;

    /** How many runs have ended, durably. */
    long ended() throws Exception;

    /** What is durable, and when; a few words for the table. */
    String grade();

    /** Begins: a place that executes runs takes them from here on. */
    void start() throws Exception;

    @Override
    void close() throws Exception;
}
