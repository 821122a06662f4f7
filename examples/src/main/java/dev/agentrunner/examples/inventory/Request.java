package dev.agentrunner.examples.inventory;

import java.time.Duration;

/**
 * What to take stock of.
 *
 * @param path the directory
 * @param pause how long each part dwells, so that a person can watch; zero if it is missing
 */
public record Request(String path, Duration pause) {

    public Request {
        pause = pause == null ? Duration.ZERO : pause;
    }

    public static Request of(String path) {
        return new Request(path, Duration.ZERO);
    }
}
