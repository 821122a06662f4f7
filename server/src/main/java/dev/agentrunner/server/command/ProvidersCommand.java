package dev.agentrunner.server.command;

import com.fasterxml.jackson.databind.JsonNode;
import dev.agentrunner.server.client.Backend;
import dev.agentrunner.server.terminal.Cell;
import dev.agentrunner.server.terminal.Spans;
import dev.agentrunner.server.terminal.Table;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;

/** {@code providers}. */
@Command(name = "providers", description = "Lists the providers of language models, and their models.")
final class ProvidersCommand implements Callable<Integer> {

    private final Session session;

    ProvidersCommand(Session session) {
        this.session = session;
    }

    @Override
    public Integer call() {
        try (Backend backend = session.offering()) {
            JsonNode providers = backend.offers().providers();
            if (session.json()) {
                session.terminal().json(providers);
            } else {
                print(providers);
            }
        }
        return ExitCode.OK.number();
    }

    private void print(JsonNode providers) {
        Table table = Table.of("model", "size", "can");
        for (JsonNode provider : providers.path("items")) {
            String name = provider.path("name").asText();
            for (JsonNode model : provider.path("models")) {
                List<String> can = new ArrayList<>();
                model.path("capabilities").forEach(each -> can.add(each.asText()));
                table.row(
                        Cell.of(name + "/" + model.path("name").asText()),
                        Cell.of(Spans.bytes(model.path("size_bytes").asLong())),
                        Cell.of(String.join(", ", can)));
            }
        }
        session.terminal().table(table);
        for (JsonNode provider : providers.path("items")) {
            if (!provider.path("reachable").asBoolean(true)) {
                session.terminal()
                        .note(provider.path("name").asText() + ": "
                                + provider.path("error").asText("does not answer"));
            }
        }
    }
}
