package dev.agentrunner.server.command;

import dev.agentrunner.spi.error.AgentRunnerException;
import java.io.PrintWriter;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.util.LinkedHashMap;
import java.util.Map;
import picocli.AutoComplete;
import picocli.CommandLine;
import picocli.CommandLine.Help.Ansi;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.UnmatchedArgumentException;

/** The command line as a whole. */
public final class CommandLines {

    private CommandLines() {}

    /** All commands, and those of the extensions. */
    public static CommandLine of(Session session) {
        CommandLine all = new CommandLine(new RootCommand());
        CommandLine serve = new CommandLine(new ServeCommand(session));
        SettingFlags.forServer(serve.getCommandSpec(), session);
        all.addSubcommand("serve", serve);
        clients(session).forEach((name, command) -> {
            CommandLine line = new CommandLine(command);
            withSubcommands(line.getCommandSpec(), session);
            all.addSubcommand(name, line);
        });
        CommandLine completion = new CommandLine(new AutoComplete.GenerateCompletion());
        describe(completion.getCommandSpec());
        all.addSubcommand("completion", completion);
        session.extensions().forEach(each -> each.commands().forEach(all::addSubcommand));
        configure(all, session);
        return all;
    }

    private static Map<String, Object> clients(Session session) {
        Map<String, Object> commands = new LinkedHashMap<>();
        commands.put("run", new RunCommand(session));
        commands.put("ps", new PsCommand(session));
        commands.put("show", new ShowCommand(session));
        commands.put("logs", new LogsCommand(session));
        commands.put("steps", new StepsCommand(session));
        commands.put("cancel", new CancelCommand(session));
        commands.put("pause", new PauseCommand(session));
        commands.put("resume", new ResumeCommand(session));
        commands.put("signal", new SignalCommand(session));
        commands.put("approve", new ApproveCommand(session));
        commands.put("fork", new ForkCommand(session));
        commands.put("artifacts", new ArtifactsCommand(session));
        commands.put("workflows", new WorkflowsCommand(session));
        commands.put("providers", new ProvidersCommand(session));
        commands.put("keys", new KeysCommand(session));
        commands.put("purge", new PurgeCommand(session));
        commands.put("doctor", new DoctorCommand(session));
        return commands;
    }

    private static void withSubcommands(CommandSpec command, Session session) {
        SettingFlags.forClient(command, session);
        command.subcommands().values().forEach(each -> withSubcommands(each.getCommandSpec(), session));
    }

    private static void describe(CommandSpec completion) {
        completion
                .usageMessage()
                .hidden(false)
                .description(
                        "Prints a script that completes commands in bash and zsh:",
                        "  source <(agent-runner completion)");
    }

    private static void configure(CommandLine all, Session session) {
        PrintWriter out = new PrintWriter(session.terminal().out(), true, StandardCharsets.UTF_8);
        PrintWriter err = new PrintWriter(session.terminal().err(), true, StandardCharsets.UTF_8);
        Ansi ansi = session.terminal().colour() ? Ansi.ON : Ansi.OFF;
        all.setOut(out)
                .setErr(err)
                .setColorScheme(CommandLine.Help.defaultColorScheme(ansi))
                .setCaseInsensitiveEnumValuesAllowed(true)
                .setExpandAtFiles(false)
                .setParameterExceptionHandler((e, args) -> misused(e, session))
                .setExecutionExceptionHandler((e, line, result) -> failed(e, session));
    }

    private static int misused(ParameterException e, Session session) {
        session.terminal().note("agent-runner: " + e.getMessage());
        UnmatchedArgumentException.printSuggestions(e, e.getCommandLine().getErr());
        session.terminal().note("See '" + e.getCommandLine().getCommandSpec().qualifiedName() + " --help'.");
        return ExitCode.USAGE.number();
    }

    private static int failed(Exception e, Session session) {
        ExitCode code = ExitCode.of(e);
        boolean ours = e instanceof AgentRunnerException
                || e instanceof IllegalArgumentException
                || e instanceof UncheckedIOException;
        String message = ours && e.getMessage() != null ? e.getMessage() : e.toString();
        session.terminal().note("agent-runner: " + message);
        return code.number();
    }
}
