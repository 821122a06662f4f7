package dev.agentrunner.server.command;

import com.fasterxml.jackson.databind.JsonNode;
import dev.agentrunner.server.client.Backend;
import dev.agentrunner.spi.model.Json;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Parameters;

/** {@code signal}. */
@Command(name = "signal", description = "Sends a run a message.")
final class SignalCommand implements Callable<Integer> {

    private final Session session;

    @Parameters(index = "0", paramLabel = "RUN", description = "Its id, or four characters or more of it")
    private String run = "";

    @Parameters(index = "1", paramLabel = "NAME", description = "Of the signal")
    private String name = "";

    @Parameters(index = "2", arity = "0..1", paramLabel = "JSON|@FILE", description = "What it says; null by default")
    private String payload = "null";

    SignalCommand(Session session) {
        this.session = session;
    }

    @Override
    public Integer call() {
        Json json = Inputs.json("payload", payload, session.input());
        try (Backend backend = session.backend()) {
            JsonNode event = backend.commands().signal(Found.run(backend.reads(), run), name, json);
            return Answers.answer(
                    session, event, "Sent; it is event " + event.path("seq").asText() + " of the run");
        }
    }
}
