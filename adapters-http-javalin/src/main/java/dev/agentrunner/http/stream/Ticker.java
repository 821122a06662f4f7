package dev.agentrunner.http.stream;

import java.time.Duration;

/** Passing time: one clock and a few threads for all clients. */
interface Ticker extends AutoCloseable {

    /** On a clock that cannot be set. */
    long nanos();

    /** Does this again and again until closed; the task must not throw. */
    void every(Duration period, Runnable task);

    @Override
    void close();
}
