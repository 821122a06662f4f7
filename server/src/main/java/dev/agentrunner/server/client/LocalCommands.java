package dev.agentrunner.server.client;

import com.fasterxml.jackson.databind.JsonNode;
import dev.agentrunner.AgentRunner;
import dev.agentrunner.client.ForkOptions;
import dev.agentrunner.client.RunHandle;
import dev.agentrunner.client.SubmitOptions;
import dev.agentrunner.server.client.LocalBackend.Place;
import dev.agentrunner.spi.model.Json;
import java.util.function.Consumer;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/**
 * What a runner in this process does.
 *
 * @param runner started when it is first needed
 */
record LocalCommands(Place place, Supplier<AgentRunner> runner) implements Commands {

    @Override
    public JsonNode submit(String workflow, Json input, SubmitOptions options) {
        return shown(runner.get().submit(workflow, input, options));
    }

    @Override
    public JsonNode cancel(String run, Cancel how, @Nullable String reason) {
        return command(run, handle -> {
            if (how == Cancel.AT_ONCE) {
                handle.cancelNow(reason);
            } else {
                handle.cancel(reason);
            }
        });
    }

    @Override
    public JsonNode pause(String run, @Nullable String reason) {
        return command(run, handle -> handle.pause(reason));
    }

    @Override
    public JsonNode resume(String run, @Nullable String reason) {
        return command(run, handle -> handle.resume(reason));
    }

    @Override
    public JsonNode signal(String run, String name, Json payload) {
        return LocalReads.shown(handle(run).signal(name, payload));
    }

    @Override
    public JsonNode fork(String run, ForkOptions options) {
        return shown(handle(run).fork(options));
    }

    @Override
    public void purge(String run) {
        handle(run).purge();
    }

    private JsonNode command(String run, Consumer<RunHandle> command) {
        RunHandle handle = handle(run);
        command.accept(handle);
        return shown(handle);
    }

    private RunHandle handle(String run) {
        return runner.get().handle(LocalReads.id(run));
    }

    private JsonNode shown(RunHandle handle) {
        return new LocalReads(place).run(handle.id().toString());
    }
}
