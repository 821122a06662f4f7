package dev.agentrunner.server.command;

import com.fasterxml.jackson.databind.JsonNode;
import dev.agentrunner.server.client.Backend;
import dev.agentrunner.server.terminal.Cell;
import dev.agentrunner.server.terminal.Spans;
import dev.agentrunner.server.terminal.Table;
import java.time.Duration;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Parameters;

/** {@code steps}. */
@Command(name = "steps", description = "Lists the steps of a run.")
final class StepsCommand implements Callable<Integer> {

    private final Session session;

    @Parameters(paramLabel = "RUN", description = "Its id, or four characters or more of it")
    private String run = "";

    StepsCommand(Session session) {
        this.session = session;
    }

    @Override
    public Integer call() {
        try (Backend backend = session.backend()) {
            JsonNode steps = backend.reads().steps(Found.run(backend.reads(), run));
            if (session.json()) {
                session.terminal().json(steps);
            } else {
                print(steps);
            }
        }
        return ExitCode.OK.number();
    }

    private void print(JsonNode steps) {
        Table table = Table.of("step", "kind", "status", "attempts", "took", "spent", "outcome");
        for (JsonNode step : steps.path("items")) {
            table.row(
                    Cell.of(step.path("id").asText()),
                    Cell.of(step.path("kind").asText()),
                    Cell.status(step.path("status").asText()),
                    Cell.of(step.path("attempts").asText()),
                    Cell.of(
                            step.has("duration_ms")
                                    ? Spans.of(Duration.ofMillis(
                                            step.path("duration_ms").asLong()))
                                    : ""),
                    Cell.of(Shows.spent(step.path("usage"))),
                    Cell.of(outcome(step)));
        }
        session.terminal().table(table);
    }

    private static String outcome(JsonNode step) {
        String failure = step.path("failure").path("message").asText();
        String text = failure.isEmpty() ? Shows.value(step.path("result")) : failure;
        return dev.agentrunner.server.terminal.Printable.atMost(80, text);
    }
}
