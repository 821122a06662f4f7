package dev.agentrunner.server.command;

import dev.agentrunner.AgentRunner;
import dev.agentrunner.AgentRunnerBuilder;
import dev.agentrunner.client.RunHandle;
import dev.agentrunner.client.SubmitOptions;
import dev.agentrunner.files.FileArtifactStore;
import dev.agentrunner.http.HttpOptions;
import dev.agentrunner.http.HttpServer;
import dev.agentrunner.jdbc.SqliteStore;
import dev.agentrunner.server.extension.Extension;
import dev.agentrunner.spi.model.Json;
import dev.agentrunner.spi.model.RunId;
import dev.agentrunner.spi.model.RunRow;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.function.Predicate;

/** A server on a store in a data folder. */
final class Served implements AutoCloseable {

    private static final Duration LONG = Duration.ofSeconds(30);

    private final AgentRunner runner;
    private final HttpServer http;

    Served(Path data, Extension extension) {
        this(data, extension, HttpOptions.DEFAULT);
    }

    Served(Path data, Extension extension, HttpOptions options) {
        AgentRunnerBuilder builder = AgentRunner.builder()
                .store(SqliteStore.at(data.resolve("agent-runner.db")))
                .artifacts(FileArtifactStore.at(data.resolve("artifacts")))
                .secrets(List.of("s3cret-value"));
        extension.workflows().forEach(builder::workflow);
        runner = builder.build();
        http = HttpServer.start(runner, options, "127.0.0.1", 0);
    }

    String url() {
        return http.uri().toString();
    }

    AgentRunner runner() {
        return runner;
    }

    /** The id of a run that has ended. */
    String ended(String workflow, String input) throws InterruptedException {
        RunHandle run = submit(workflow, input);
        run.awaitEnd(LONG);
        return run.id().toString();
    }

    /** The id of a run that is put aside. */
    String waiting(String workflow) throws InterruptedException {
        RunHandle run = submit(workflow, "you");
        awaitState(run.id().toString(), row -> row.waiting() != null);
        return run.id().toString();
    }

    void awaitState(String run, Predicate<RunRow> expected) throws InterruptedException {
        long end = System.nanoTime() + LONG.toNanos();
        while (!expected.test(state(run))) {
            if (System.nanoTime() > end) {
                throw new AssertionError("The run is still " + state(run));
            }
            Thread.onSpinWait();
        }
    }

    private RunRow state(String run) {
        return runner.store().catalog().run(RunId.parse(run)).orElseThrow().state();
    }

    private RunHandle submit(String workflow, String input) {
        return runner.submit(workflow, new Json("\"" + input + "\""), SubmitOptions.DEFAULT.named("test"));
    }

    @Override
    public void close() {
        http.close();
        runner.close();
    }
}
