package dev.agentrunner.spi.workspace;

import java.util.List;
import java.util.Map;

/**
 * A program to run in a workspace.
 *
 * @param argv the program and its arguments; nothing is interpreted
 * @param environment what it sees beside PATH, HOME (the workspace), LANG and TMPDIR; nothing is inherited
 * @param sandboxed whether it must run without network and with everything outside the workspace read-only; if that is
 *     not possible here, it does not run
 */
public record Command(List<String> argv, Map<String, String> environment, boolean sandboxed) {

    public Command {
        argv = List.copyOf(argv);
        environment = Map.copyOf(environment);
        if (argv.isEmpty() || argv.get(0).isBlank()) {
            throw new IllegalArgumentException("A command names the program to run");
        }
    }

    public static Command of(String... argv) {
        return new Command(List.of(argv), Map.of(), false);
    }

    /** A script for {@code sh}, which ends at the first command that fails. */
    public static Command script(String text) {
        return of("sh", "-e", "-c", text);
    }

    public Command environment(Map<String, String> variables) {
        return new Command(argv, variables, sandboxed);
    }

    public Command sandboxed(boolean wanted) {
        return new Command(argv, environment, wanted);
    }
}
