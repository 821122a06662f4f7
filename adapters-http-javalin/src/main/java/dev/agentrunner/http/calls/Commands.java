package dev.agentrunner.http.calls;

import dev.agentrunner.http.problem.Kind;
import dev.agentrunner.http.problem.Problem;
import java.util.function.Supplier;

/** Hands commands to the engine. */
final class Commands {

    private Commands() {}

    /** The engine refuses arguments that came from the client in words that are meant for them. */
    static <T> T attempt(Supplier<T> command) {
        try {
            return command.get();
        } catch (IllegalArgumentException e) {
            throw Problem.at(Kind.INVALID_REQUEST, "", String.valueOf(e.getMessage()));
        }
    }
}
