package dev.agentrunner.yaml.problem;

import java.io.Serializable;

/**
 * Something in a file that cannot stay as it is.
 *
 * @param line from 1
 * @param column from 1
 * @param message what is wrong, and what to do
 */
public record Problem(String file, int line, int column, String message) implements Serializable {

    /** As compilers write it: {@code review.yaml:12:5: unknown key 'promt'}. */
    @Override
    public String toString() {
        return file + ":" + line + ":" + column + ": " + message;
    }
}
