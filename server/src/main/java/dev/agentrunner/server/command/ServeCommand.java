package dev.agentrunner.server.command;

import dev.agentrunner.server.config.Configuration;
import dev.agentrunner.server.config.Setting;
import dev.agentrunner.server.logging.Logging;
import dev.agentrunner.server.terminal.Style;
import dev.agentrunner.server.wiring.Runners;
import dev.agentrunner.server.wiring.Serving;
import dev.agentrunner.server.wiring.Termination;
import java.util.Locale;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;

/** {@code serve}. */
@Command(
        name = "serve",
        sortOptions = false,
        abbreviateSynopsis = true,
        description = {
            "Starts the server: API, console and workers.",
            "Each setting may also be given by the variable in brackets, or by its flag's name in the file that --config"
                    + " names. Flags win over variables, variables over the file. Secrets are taken from variables, from files"
                    + " that <VARIABLE>_FILE names, or from the settings file.",
            ""
        })
final class ServeCommand implements Callable<Integer> {

    private final Session session;

    @Option(
            names = "--print-config",
            description = "Print all settings without secrets, as a settings file, and start nothing")
    private boolean print;

    ServeCommand(Session session) {
        this.session = session;
    }

    @Override
    public Integer call() throws InterruptedException {
        Configuration configuration = session.configuration();
        if (print) {
            session.terminal().line(configuration.shown().strip());
            return ExitCode.OK.number();
        }
        Logging.configure(
                configuration.text(Setting.LOG_LEVEL),
                Logging.Format.valueOf(configuration.text(Setting.LOG_FORMAT).toUpperCase(Locale.ROOT)),
                configuration.secrets());
        Termination termination = Termination.listening();
        try (Serving serving = Serving.start(new Runners(configuration, session.extensions()))) {
            session.terminal()
                    .line("agent-runner at "
                            + session.terminal()
                                    .styled(Style.BOLD, serving.url().toString()) + ", store "
                            + serving.store() + ", " + serving.workflows()
                            + (serving.workflows() == 1 ? " workflow" : " workflows"));
            termination.await();
        }
        return ExitCode.OK.number();
    }
}
