package dev.agentrunner.workspace.command;

import dev.agentrunner.spi.workspace.WorkspaceException;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;

/**
 * Runs programs through bubblewrap (bwrap(1)): without network and capabilities, with processes of their own, and with
 * nothing to write to but the workspace and the temporary directory. Whether that works here is tried once. Thread-safe.
 */
public final class Sandbox {

    private static final long PATIENCE_SECONDS = 20;
    private static final Path SHARED_TEMPORARY = Path.of("/tmp");
    private static final Path SOCKETS = Path.of("/run");

    private final String program;
    /** Guarded by this; empty if it works, null if that is not known yet. */
    private @Nullable String problem;

    /** @param program the name or the path of bubblewrap */
    public Sandbox(String program) {
        this.program = program;
    }

    /** The arguments that run others in a sandbox. */
    List<String> around(List<String> argv, Path workspace, Path temporary) {
        List<String> all = new ArrayList<>(List.of(program, "--die-with-parent", "--new-session", "--unshare-all"));
        all.addAll(List.of("--cap-drop", "ALL", "--ro-bind", "/", "/", "--dev", "/dev", "--proc", "/proc"));
        // What others listen on could be connected to even on read-only file systems.
        if (Files.isDirectory(SOCKETS)) {
            all.addAll(List.of("--tmpfs", SOCKETS.toString()));
        }
        if (Files.isDirectory(SHARED_TEMPORARY)) {
            all.addAll(List.of("--bind", temporary.toString(), SHARED_TEMPORARY.toString()));
        }
        all.addAll(List.of("--bind", temporary.toString(), temporary.toString()));
        all.addAll(List.of("--bind", workspace.toString(), workspace.toString()));
        if (Files.isDirectory(SOCKETS)) {
            all.addAll(List.of("--remount-ro", SOCKETS.toString()));
        }
        all.addAll(List.of("--chdir", workspace.toString(), "--"));
        all.addAll(argv);
        return all;
    }

    /** Refuses as {@code no_sandbox} if it does not work here. */
    void require(Path workspace, Place place) {
        String found = problem(workspace, place);
        if (!found.isEmpty()) {
            throw new WorkspaceException(
                    "no_sandbox",
                    "The command must run in a sandbox, and there is none here, so it was not started: " + found
                            + "; install bubblewrap, let users make namespaces, or run it without a sandbox");
        }
    }

    private synchronized String problem(Path workspace, Place place) {
        if (problem == null) {
            problem = tried(workspace, place);
        }
        return problem;
    }

    private String tried(Path workspace, Place place) {
        if (Programs.find(program, workspace, Surroundings.path(Map.of())).isEmpty()) {
            return "there is no program " + program;
        }
        Path said = place.file("sandbox");
        try {
            Process process = new ProcessBuilder(around(List.of("sh", "-c", ":"), workspace, place.temporary()))
                    .redirectErrorStream(true)
                    .redirectOutput(said.toFile())
                    .start();
            boolean[] ended = new boolean[1];
            Interrupts.outlast(() -> ended[0] = process.waitFor(PATIENCE_SECONDS, TimeUnit.SECONDS));
            if (!ended[0]) {
                process.destroyForcibly();
                return program + " does not end";
            }
            return process.exitValue() == 0
                    ? ""
                    : program + " says: " + Files.readString(said).strip();
        } catch (IOException e) {
            return program + " cannot be started: " + e.getMessage();
        }
    }
}
