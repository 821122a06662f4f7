package dev.agentrunner.http.stream;

import java.time.Duration;

/**
 * How streams behave.
 *
 * @param maxStreams how many streams and waiting long polls may be open at once. Each holds a thread: a virtual one where
 *     the JVM has them, else a platform one, which is why the default is 10,000 there and 200 here
 * @param keepAlive time between two comments that keep the connection open
 * @param recheck time between two questions whether the client may still see the stream
 * @param patience how long a client may leave a write waiting before it is cut off
 * @param live what waits for one client of what is not in the log, in messages; what comes on top is dropped
 */
public record StreamOptions(int maxStreams, Duration keepAlive, Duration recheck, Duration patience, int live) {

    public static final StreamOptions DEFAULT = new StreamOptions(
            StreamThreads.areVirtual() ? 10_000 : 200,
            Duration.ofSeconds(15),
            Duration.ofSeconds(3),
            Duration.ofSeconds(60),
            256);

    public StreamOptions {
        if (maxStreams < 1 || live < 1) {
            throw new IllegalArgumentException(
                    "There is room for at least one stream and one message, not " + maxStreams + " and " + live);
        }
    }

    public StreamOptions maxStreams(int most) {
        return new StreamOptions(most, keepAlive, recheck, patience, live);
    }
}
