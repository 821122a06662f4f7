package dev.agentrunner.http.ui;

import dev.agentrunner.AgentRunner;
import dev.agentrunner.client.RunHandle;
import dev.agentrunner.client.SubmitOptions;
import dev.agentrunner.http.HttpOptions;
import dev.agentrunner.http.HttpServer;
import dev.agentrunner.llm.ModelSettings;
import dev.agentrunner.memory.InMemoryStore;
import dev.agentrunner.spi.model.Json;
import dev.agentrunner.spi.model.RunId;
import dev.agentrunner.spi.store.Store;
import dev.agentrunner.yaml.YamlWorkflows;
import java.io.IOException;
import java.net.URI;
import java.net.URISyntaxException;
import java.nio.file.Path;

/** A runner behind the real server, which may go away and come back at the same port. Belongs to one thread. */
final class ConsoleServer implements AutoCloseable {

    final StagedModel model = new StagedModel();
    final AgentRunner runner;
    private final HttpOptions options;
    private final int port;
    private HttpServer http;

    private ConsoleServer(Store store, HttpOptions options) throws URISyntaxException {
        this.options = options;
        runner = AgentRunner.builder()
                .store(store)
                .models(ModelSettings.DEFAULT.provider(model))
                .workflow(Shown.waiter())
                .workflow(Shown.busy())
                .workflow(Shown.hostile())
                .workflow(Shown.failing())
                .workflows(YamlWorkflows.in(
                        Path.of(ConsoleServer.class.getResource("workflows").toURI())))
                .build();
        http = HttpServer.start(runner, options, "127.0.0.1", 0);
        port = http.port();
    }

    static ConsoleServer start() throws URISyntaxException {
        return start(new InMemoryStore(), HttpOptions.DEFAULT);
    }

    static ConsoleServer start(Store store, HttpOptions options) throws URISyntaxException {
        return new ConsoleServer(store, options);
    }

    /** Where everything is, with a slash at its end. */
    URI base() {
        return URI.create("http://127.0.0.1:" + port + options.prefix() + "/");
    }

    RunHandle submit(String workflow, String input) {
        return runner.submit(workflow, new Json(input), SubmitOptions.DEFAULT);
    }

    /** Takes the server away, not the runner. */
    void leave() {
        http.close();
    }

    /** Brings it back where it was. */
    void comeBack() {
        http = HttpServer.start(runner, options, "127.0.0.1", port);
    }

    /** How many events a run has. */
    long events(RunId run) {
        return runner.store().catalog().run(run).orElseThrow().lastSeq();
    }

    @Override
    public void close() throws IOException {
        http.close();
        runner.close();
    }
}
