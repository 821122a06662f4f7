package dev.agentrunner.workspace;

import dev.agentrunner.spi.model.RunId;
import dev.agentrunner.spi.workspace.Workspace;
import dev.agentrunner.spi.workspace.WorkspaceException;
import dev.agentrunner.spi.workspace.WorkspacePolicy;
import dev.agentrunner.spi.workspace.Workspaces;
import dev.agentrunner.workspace.command.Hunt;
import dev.agentrunner.workspace.command.Launcher;
import dev.agentrunner.workspace.command.Sandbox;
import dev.agentrunner.workspace.files.Jail;
import dev.agentrunner.workspace.files.JailedFiles;
import dev.agentrunner.workspace.files.Refusals;
import dev.agentrunner.workspace.files.Trash;
import dev.agentrunner.workspace.version.DirectoryVersions;
import dev.agentrunner.workspace.version.Limits;
import dev.agentrunner.workspace.version.Mark;
import dev.agentrunner.workspace.version.SumsOfRuns;
import dev.agentrunner.workspace.version.Unversioned;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.InstantSource;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;

/**
 * Workspaces that are directories of this machine, which must be Linux: each run has {@code <folder>/<run id>} for
 * itself, and may use directories that were given a name here. Immutable and thread-safe; holds nothing that must be
 * closed. The folder also holds {@code .agent-runner}, for what is in no workspace: captured output, temporary files, and
 * files that are not complete yet.
 *
 * <p>Commands see PATH, HOME, LANG, TMPDIR, their own variables, {@code AGENT_RUNNER_RUN}, which is the run's id, and
 * {@code AGENT_RUNNER_COMMAND}. By the last two they are found and ended, wherever they went. Only a program that starts
 * another one without its environment, and then leaves it alone, can leave something running; in a sandbox, none can.
 *
 * <p>The sandbox is bubblewrap, the program {@code bwrap}. Programs in it see all files but those below {@code /run} and
 * {@code /tmp}, have no network, and can write only to the workspace and to TMPDIR, which is {@code /tmp}, too.
 */
public final class LocalWorkspaces implements Workspaces {

    private final Path folder;
    private final Map<String, Path> named;
    private final Limits limits;
    private final Sandbox sandbox;
    private final Openings openings;
    private final SumsOfRuns sums;

    private LocalWorkspaces(
            Path folder, Map<String, Path> named, Limits limits, Sandbox sandbox, Openings openings, SumsOfRuns sums) {
        this.folder = folder;
        this.named = Collections.unmodifiableMap(new TreeMap<>(named));
        this.limits = limits;
        this.sandbox = sandbox;
        this.openings = openings;
        this.sums = sums;
    }

    /** Runs have their directories in this folder, which is made when it is needed, and used by nothing else. */
    public static LocalWorkspaces in(Path folder) {
        return new LocalWorkspaces(
                folder.toAbsolutePath().normalize(),
                Map.of(),
                Limits.DEFAULT,
                new Sandbox("bwrap"),
                new Openings(),
                new SumsOfRuns(InstantSource.system()));
    }

    /**
     * Also lets runs use a directory by name, together. It is not versioned.
     *
     * @throws IllegalArgumentException if the directory is the top of the file system
     */
    public LocalWorkspaces named(String name, Path directory) {
        Path absolute = directory.toAbsolutePath().normalize();
        if (absolute.getParent() == null) {
            throw new IllegalArgumentException(
                    "The workspace " + name + " is all of the file system; give a directory");
        }
        Map<String, Path> all = new TreeMap<>(named);
        all.put(name, absolute);
        return new LocalWorkspaces(folder, all, limits, sandbox, openings, sums);
    }

    /** The largest file that is read or written at once, and versioned; 10 MiB unless given. In bytes. */
    public LocalWorkspaces maxFile(long bytes) {
        return with(new Limits(bytes, limits.files(), limits.bytes()));
    }

    /** How much of one workspace is versioned: 5,000 files and 256 MiB unless given. */
    public LocalWorkspaces maxVersioned(int files, long bytes) {
        return with(new Limits(limits.fileBytes(), files, bytes));
    }

    private LocalWorkspaces with(Limits other) {
        return new LocalWorkspaces(folder, named, other, sandbox, openings, sums);
    }

    /** The name or path of bubblewrap. */
    LocalWorkspaces sandbox(String program) {
        return new LocalWorkspaces(folder, named, limits, new Sandbox(program), openings, sums);
    }

    @Override
    public Workspace open(RunId run, WorkspacePolicy policy) {
        String name = policy.name();
        try {
            return name == null ? own(run, policy) : shared(run, name);
        } catch (IOException e) {
            throw Refusals.of("", e);
        }
    }

    private Workspace own(RunId run, WorkspacePolicy policy) throws IOException {
        Places places = Places.made(folder);
        Path outside = places.outside(run);
        prepare(run, outside);
        Path directory = places.madeOwn(run);
        Jail jail = new Jail(directory, outside);
        jail.root().close();
        Files.createDirectories(outside.getParent());
        return new LocalWorkspace(
                directory,
                new JailedFiles(jail, limits.fileBytes()),
                new DirectoryVersions(jail, policy.ignore(), limits, sums.of(run), new Mark(places.mark(run))),
                new Launcher(run.toString(), directory, outside, sandbox));
    }

    private Workspace shared(RunId run, String name) throws IOException {
        Path given = named.get(name);
        if (given == null) {
            throw new WorkspaceException(
                    "unknown_workspace",
                    "No directory is configured for the workspace '" + name + "', so the run cannot work in it; give it"
                            + " to the workspaces of this node, or use one of " + named.keySet());
        }
        if (!Files.isDirectory(given)) {
            throw Refusals.gone(given, null);
        }
        Path directory = given.toRealPath();
        Path outside = Places.made(folder).outside(run, directory);
        prepare(run, outside);
        Jail jail = new Jail(directory, outside);
        return new LocalWorkspace(
                directory,
                new JailedFiles(jail, limits.fileBytes()),
                new Unversioned(),
                new Launcher(run.toString(), directory, outside, sandbox));
    }

    private void prepare(RunId run, Path outside) throws IOException {
        openings.first(run, () -> {
            Hunt.forRun(run.toString());
            Trash.purge(outside);
        });
    }

    @Override
    public List<RunId> runs() {
        try {
            return new Places(folder).runs();
        } catch (IOException e) {
            throw Refusals.of("", e);
        }
    }

    @Override
    public void delete(RunId run) {
        Places places = new Places(folder);
        Hunt.forRun(run.toString());
        try {
            Trash.purge(places.own(run));
            Trash.purge(places.outside(run));
            Files.deleteIfExists(places.mark(run));
        } catch (IOException e) {
            throw Refusals.of("", e);
        }
        openings.forget(run);
        sums.forget(run);
    }
}
