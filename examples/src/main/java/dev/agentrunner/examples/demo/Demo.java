package dev.agentrunner.examples.demo;

import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.agentrunner.AgentRunner;
import dev.agentrunner.client.RunHandle;
import dev.agentrunner.client.SubmitOptions;
import dev.agentrunner.examples.inventory.Inventory;
import dev.agentrunner.files.FileArtifactStore;
import dev.agentrunner.jdbc.SqliteStore;
import dev.agentrunner.live.Live;
import dev.agentrunner.llm.ModelSettings;
import dev.agentrunner.spi.catalog.ArtifactView;
import dev.agentrunner.spi.model.Blob;
import dev.agentrunner.spi.model.Event;
import dev.agentrunner.spi.model.EventType;
import dev.agentrunner.spi.model.Json;
import dev.agentrunner.workspace.LocalWorkspaces;
import dev.agentrunner.yaml.YamlWorkflows;
import java.io.IOException;
import java.io.PrintStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Set;

/** {@code agent-runner demo}. */
public final class Demo {

    private static final String WATCHABLE = "PT0.3S";

    /** Kept for the workspace's sake; there are many of them, and they say nothing of their own. */
    private static final Set<String> BEHIND_THE_SCENES = Set.of("workspace", "manifest");

    private final Arguments arguments;
    private final PrintStream out;

    private Demo(Arguments arguments, PrintStream out) {
        this.arguments = arguments;
        this.out = out;
    }

    /** Runs the demo; gives the exit code. */
    public static int main(List<String> args, PrintStream out, PrintStream err)
            throws IOException, InterruptedException {
        Arguments arguments;
        try {
            arguments = Arguments.parse(args);
        } catch (IllegalArgumentException e) {
            err.println(e.getMessage());
            return 2;
        }
        return arguments.crash() ? new Crash(arguments, out).run() : new Demo(arguments, out).run();
    }

    private int run() throws IOException, InterruptedException {
        Files.createDirectories(arguments.data());
        Path database = arguments.data().resolve("agent-runner.db");
        try (Answering answering = Answering.find(System.getenv());
                AgentRunner runner = AgentRunner.builder()
                        .store(SqliteStore.at(database))
                        .artifacts(FileArtifactStore.at(arguments.artifacts()))
                        .workspaces(LocalWorkspaces.in(arguments.workspaces()))
                        .models(ModelSettings.DEFAULT.provider(answering.provider()))
                        .workflow(Inventory.WORKFLOW)
                        .workflows(YamlWorkflows.in(Home.workflows()))
                        .build();
                Live.Watching watching = runner.live().watch(new LivePrinter(out)::print)) {
            assert watching != null;
            if (arguments.workflow().equals(Arguments.QUARKUS)) {
                out.println(answering.about());
            }
            RunHandle run = runner.submit(arguments.workflow(), input(), options());
            out.printf("%s, run %s in %s%n%n", about(), run.id(), database);
            Event last = new EventPrinter(runner.store().log(), out).follow(run.id(), 0);
            printArtifacts(runner, run);
            return last.type().equals(EventType.RUN_COMPLETED) ? 0 : 1;
        }
    }

    private String about() {
        return arguments.workflow().equals(Arguments.INVENTORY)
                ? Arguments.INVENTORY + " over " + absolute()
                : arguments.workflow();
    }

    private Json input() {
        ObjectNode input = JsonNodeFactory.instance.objectNode();
        if (arguments.workflow().equals(Arguments.INVENTORY)) {
            input.put("path", absolute().toString());
            input.put("pause", arguments.key().isEmpty() ? "PT0S" : WATCHABLE);
        } else {
            ArrayNode maven = input.putArray("maven");
            Home.maven(System.getenv()).forEach(maven::add);
        }
        return new Json(input.toString());
    }

    private SubmitOptions options() {
        SubmitOptions options = SubmitOptions.DEFAULT.named("demo").labels(Map.of("demo", "true"));
        return arguments.key().isEmpty() ? options : options.idempotencyKey(arguments.key());
    }

    private Path absolute() {
        return arguments.directory().toAbsolutePath().normalize();
    }

    private void printArtifacts(AgentRunner runner, RunHandle run) {
        out.printf("%nArtifacts%n");
        for (ArtifactView each : runner.store().catalog().artifacts(run.id())) {
            if (!BEHIND_THE_SCENES.contains(each.artifact().kind())) {
                out.printf(
                        "  %-24s %-9s %9d bytes  %s%n",
                        each.artifact().name(),
                        each.artifact().kind(),
                        each.artifact().blob().size(),
                        place(each.artifact().blob()));
            }
        }
        if (arguments.workflow().equals(Arguments.QUARKUS)) {
            out.printf(
                    "%nThe project itself is in %s%n",
                    arguments.workspaces().resolve(run.id().toString()));
        }
    }

    private Path place(Blob blob) {
        return arguments.artifacts().resolve(blob.uri().substring("file:".length()));
    }
}
