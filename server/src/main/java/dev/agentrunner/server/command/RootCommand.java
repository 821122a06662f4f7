package dev.agentrunner.server.command;

import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.Spec;

/** {@code agent-runner}: nothing without a command. */
@Command(
        name = "agent-runner",
        description = "Durable agent workflows: a server, and a command line for runs on a server or in a local store.",
        synopsisSubcommandLabel = "COMMAND",
        mixinStandardHelpOptions = true,
        versionProvider = Version.class,
        footer = {
            "",
            "Commands work on the server that --url or AGENT_RUNNER_URL names, with the key in AGENT_RUNNER_KEY,",
            "or else on the store in the data folder itself.",
            "Exit codes: 0 ok or completed, 1 error, 2 misuse, 3 run failed, 4 run canceled, 5 not found,",
            "6 unreachable, 7 refused."
        })
final class RootCommand implements Runnable {

    @Spec
    private CommandSpec spec = CommandSpec.create();

    @Override
    public void run() {
        throw new ParameterException(spec.commandLine(), "Say what to do: a command is missing");
    }
}
