package dev.agentrunner.examples.demo;

import dev.agentrunner.AgentRunner;
import dev.agentrunner.client.RunHandle;
import dev.agentrunner.client.SubmitOptions;
import dev.agentrunner.examples.inventory.Inventory;
import dev.agentrunner.examples.inventory.Request;
import dev.agentrunner.files.FileArtifactStore;
import dev.agentrunner.jdbc.SqliteStore;
import dev.agentrunner.spi.catalog.ArtifactView;
import dev.agentrunner.spi.model.Blob;
import dev.agentrunner.spi.model.Event;
import dev.agentrunner.spi.model.EventType;
import java.io.IOException;
import java.io.PrintStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;

/** {@code agent-runner demo}. */
public final class Demo {

    private static final Duration WATCHABLE = Duration.ofMillis(300);

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
        try (AgentRunner runner = AgentRunner.builder()
                .store(SqliteStore.at(database))
                .artifacts(FileArtifactStore.at(arguments.data().resolve("artifacts")))
                .workflow(Inventory.WORKFLOW)
                .build()) {
            RunHandle run = runner.submit(Inventory.WORKFLOW, request(), options());
            out.printf("inventory-v1 over %s, run %s in %s%n%n", absolute(), run.id(), database);
            Event last = new EventPrinter(runner.store().log(), out).follow(run.id(), 0);
            printArtifacts(runner, run);
            return last.type().equals(EventType.RUN_COMPLETED) ? 0 : 1;
        }
    }

    private Request request() {
        String path = absolute().toString();
        return arguments.key().isEmpty() ? Request.of(path) : new Request(path, WATCHABLE);
    }

    private SubmitOptions options() {
        SubmitOptions options = SubmitOptions.DEFAULT.named("demo");
        return arguments.key().isEmpty() ? options : options.idempotencyKey(arguments.key());
    }

    private Path absolute() {
        return arguments.directory().toAbsolutePath().normalize();
    }

    private void printArtifacts(AgentRunner runner, RunHandle run) {
        out.printf("%nArtifacts%n");
        for (ArtifactView each : runner.store().catalog().artifacts(run.id())) {
            out.printf(
                    "  %-16s %-9s %9d bytes  %s%n",
                    each.artifact().name(),
                    each.artifact().kind(),
                    each.artifact().blob().size(),
                    place(each.artifact().blob()));
        }
    }

    /** Where a person finds the bytes. */
    private Path place(Blob blob) {
        return arguments.data().resolve("artifacts").resolve(blob.uri().substring("file:".length()));
    }
}
