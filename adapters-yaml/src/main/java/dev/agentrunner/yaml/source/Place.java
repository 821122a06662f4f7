package dev.agentrunner.yaml.source;

import dev.agentrunner.yaml.problem.Problem;

/**
 * A place in a file.
 *
 * @param line from 1; LF, CR LF and CR end lines
 * @param column from 1, counted in code points
 */
public record Place(int line, int column) {

    public Problem problem(String file, String message) {
        return new Problem(file, line, column, message);
    }
}
