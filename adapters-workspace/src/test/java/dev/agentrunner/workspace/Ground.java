package dev.agentrunner.workspace;

import dev.agentrunner.spi.model.RunId;
import dev.agentrunner.spi.workspace.Command;
import dev.agentrunner.spi.workspace.CommandResult;
import dev.agentrunner.spi.workspace.OutputListener;
import dev.agentrunner.spi.workspace.RunningCommand;
import dev.agentrunner.spi.workspace.Workspace;
import dev.agentrunner.spi.workspace.WorkspacePolicy;
import dev.agentrunner.tck.fixture.Ids;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.stream.Stream;

/** A run with its workspace, and ways to look at it from outside. */
record Ground(LocalWorkspaces place, RunId run) {

    static Ground in(Path folder) {
        return new Ground(LocalWorkspaces.in(folder), Ids.run());
    }

    Workspace workspace() {
        return place.open(run, WorkspacePolicy.DEFAULT);
    }

    Path directory() {
        return workspace().directory();
    }

    Path file(String path) {
        return directory().resolve(path);
    }

    void write(String path, String text) {
        workspace().files().write(Map.of(path, text.getBytes(StandardCharsets.UTF_8)));
    }

    String read(String path) {
        return new String(workspace().files().read(path), StandardCharsets.UTF_8);
    }

    /** Runs a script to its end. */
    CommandResult sh(String script) throws InterruptedException {
        try (RunningCommand command = workspace().start(Command.script(script), OutputListener.NONE)) {
            return command.await();
        }
    }

    /** Starts a command, and returns when it has written something. */
    RunningCommand begun(Command command) throws InterruptedException {
        CountDownLatch said = new CountDownLatch(1);
        RunningCommand running = workspace().start(command, (stream, text) -> said.countDown());
        if (!said.await(60, TimeUnit.SECONDS)) {
            running.close();
            throw new AssertionError("The command says nothing");
        }
        return running;
    }

    /** Numbers of processes that carry the run's id, and are not dead. */
    List<Long> alive() throws IOException {
        return alive(run);
    }

    static List<Long> alive(RunId run) throws IOException {
        String marker = "\0AGENT_RUNNER_RUN=" + run + "\0";
        List<Long> pids = new ArrayList<>();
        try (Stream<Path> processes = Files.list(Path.of("/proc"))) {
            for (Path process : processes.toList()) {
                String pid = process.getFileName().toString();
                if (pid.matches("[0-9]+") && text(process.resolve("environ")).contains(marker)) {
                    pids.add(Long.parseLong(pid));
                }
            }
        }
        return pids;
    }

    private static String text(Path file) {
        try {
            return "\0" + Files.readString(file, StandardCharsets.ISO_8859_1);
        } catch (IOException e) {
            return "";
        }
    }

    /** All that is below a directory, with what is in it; links are not followed. */
    static SortedMap<String, String> snapshot(Path directory) throws IOException {
        SortedMap<String, String> found = new TreeMap<>();
        try (Stream<Path> all = Files.walk(directory)) {
            for (Path path : all.toList()) {
                found.put(directory.relativize(path).toString(), describe(path));
            }
        }
        return found;
    }

    private static String describe(Path path) throws IOException {
        if (Files.isSymbolicLink(path)) {
            return "to " + Files.readSymbolicLink(path);
        }
        Object mode = Files.getAttribute(path, "unix:mode", LinkOption.NOFOLLOW_LINKS);
        return mode + (Files.isRegularFile(path) ? " " + Files.readString(path, StandardCharsets.ISO_8859_1) : "");
    }
}
