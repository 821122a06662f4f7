package dev.agentrunner.examples.inventory;

import java.time.Duration;

/**
 * What to take stock of.
 *
 * @param path the directory
 * @param pause how long each part dwells, so that a person can watch; usually zero
 */
public record Request(String path, Duration pause) {

    public static Request of(String path) {
        return new Request(path, Duration.ZERO);
    }
}
