package dev.agentrunner.server;

import dev.agentrunner.server.command.CommandLines;
import dev.agentrunner.server.command.Session;
import dev.agentrunner.server.command.Session.Surroundings;
import dev.agentrunner.server.extension.Extension;
import dev.agentrunner.server.terminal.Terminal;
import dev.agentrunner.server.terminal.Ttys;
import java.io.FileDescriptor;
import java.io.FileOutputStream;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.time.ZoneId;
import java.util.List;
import java.util.ServiceLoader;

/** {@code agent-runner}: the server and the command line. */
public final class Main {

    private Main() {}

    /** Exits with one of the codes in {@code docs/cli.md}. */
    public static void main(String[] args) {
        boolean interactive = Ttys.interactive();
        // Whatever the locale is: what is printed is UTF-8, as JSON is.
        PrintStream out = new PrintStream(new FileOutputStream(FileDescriptor.out), true, StandardCharsets.UTF_8);
        PrintStream err = new PrintStream(new FileOutputStream(FileDescriptor.err), true, StandardCharsets.UTF_8);
        Terminal terminal = new Terminal(out, err, interactive, interactive && Ttys.colour(System.getenv()));
        List<Extension> extensions = ServiceLoader.load(Extension.class).stream()
                .map(ServiceLoader.Provider::get)
                .toList();
        Surroundings surroundings =
                new Surroundings(System.getenv(), System.getProperties(), ZoneId.systemDefault(), System.in);
        System.exit(
                CommandLines.of(new Session(terminal, surroundings, extensions)).execute(args));
    }
}
