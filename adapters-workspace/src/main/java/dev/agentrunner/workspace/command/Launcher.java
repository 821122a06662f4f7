package dev.agentrunner.workspace.command;

import dev.agentrunner.spi.workspace.Command;
import dev.agentrunner.spi.workspace.OutputListener;
import dev.agentrunner.spi.workspace.RunningCommand;
import dev.agentrunner.spi.workspace.WorkspaceException;
import dev.agentrunner.workspace.files.Refusals;
import java.io.File;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;

/** Starts the commands of a run in its workspace. Immutable. */
public final class Launcher {

    private static final File NOTHING = new File("/dev/null");

    private final String run;
    private final Path directory;
    private final Path outside;
    private final Sandbox sandbox;

    /** @param outside where output is captured */
    public Launcher(String run, Path directory, Path outside, Sandbox sandbox) {
        this.run = run;
        this.directory = directory;
        this.outside = outside;
        this.sandbox = sandbox;
    }

    public RunningCommand start(Command command, OutputListener listener) {
        if (!Files.isDirectory(directory, LinkOption.NOFOLLOW_LINKS)) {
            throw Refusals.gone(directory, null);
        }
        Place place;
        try {
            place = Place.in(outside);
        } catch (IOException e) {
            throw Refusals.of("", e);
        }
        try {
            return start(command, listener, place);
        } catch (IOException e) {
            place.delete();
            throw new WorkspaceException(
                    "io",
                    "The program " + command.argv().get(0) + " could not be started: " + e.getMessage()
                            + "; look at the file of the program, and at the length of its arguments",
                    e);
        } catch (RuntimeException e) {
            place.delete();
            throw e;
        }
    }

    private RunningCommand start(Command command, OutputListener listener, Place place) throws IOException {
        String id = run + "/" + place.name();
        ProcessBuilder builder = new ProcessBuilder(argv(command, place))
                .directory(directory.toFile())
                .redirectInput(NOTHING);
        Map<String, String> variables = builder.environment();
        variables.clear();
        variables.putAll(Surroundings.of(run, id, directory, place.temporary(), command.environment()));

        Teller teller = new Teller(listener);
        Capture stdout = new Capture(OutputListener.Stream.STDOUT, place.file("stdout"), teller);
        Capture stderr = new Capture(OutputListener.Stream.STDERR, place.file("stderr"), teller);
        Attendant attendant = Attendant.start(builder, stdout, "command-stdout-" + id);
        Process process = attendant.process();
        Thread errors = CommandThreads.start("command-stderr-" + id, () -> stderr.readAll(process.getErrorStream()));
        Hunt hunt = new Hunt(Surroundings.commandMarker(id));
        return new Started(process, stdout, stderr, new Thread[] {attendant.thread(), errors}, hunt, place);
    }

    private List<String> argv(Command command, Place place) {
        if (command.sandboxed()) {
            sandbox.require(directory, place);
        }
        String name = command.argv().get(0);
        Path program = Programs.find(name, directory, Surroundings.path(command.environment()))
                .orElseThrow(() -> Programs.notFound(name));
        List<String> argv = new ArrayList<>(command.argv());
        argv.set(0, program.toString());
        return command.sandboxed() ? sandbox.around(argv, directory, place.temporary()) : argv;
    }
}
