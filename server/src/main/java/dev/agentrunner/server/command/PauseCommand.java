package dev.agentrunner.server.command;

import com.fasterxml.jackson.databind.JsonNode;
import dev.agentrunner.server.client.Backend;
import java.util.concurrent.Callable;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

/** {@code pause}. */
@Command(name = "pause", description = "Lets a run stop before its next step.")
final class PauseCommand implements Callable<Integer> {

    private final Session session;

    @Parameters(paramLabel = "RUN", description = "Its id, or four characters or more of it")
    private String run = "";

    @Option(
            names = {"-r", "--reason"},
            description = "Recorded with it")
    private @Nullable String reason;

    PauseCommand(Session session) {
        this.session = session;
    }

    @Override
    public Integer call() {
        try (Backend backend = session.backend()) {
            JsonNode now = backend.commands().pause(Found.run(backend.reads(), run), reason);
            return Answers.run(session, now);
        }
    }
}
