package dev.agentrunner.server.command;

import com.fasterxml.jackson.databind.JsonNode;
import dev.agentrunner.server.client.Backend;
import java.util.concurrent.Callable;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

/** {@code resume}. */
@Command(name = "resume", description = "Lets a paused run go on.")
final class ResumeCommand implements Callable<Integer> {

    private final Session session;

    @Parameters(paramLabel = "RUN", description = "Its id, or four characters or more of it")
    private String run = "";

    @Option(
            names = {"-r", "--reason"},
            description = "Recorded with it")
    private @Nullable String reason;

    ResumeCommand(Session session) {
        this.session = session;
    }

    @Override
    public Integer call() {
        try (Backend backend = session.backend()) {
            JsonNode now = backend.commands().resume(Found.run(backend.reads(), run), reason);
            return Answers.run(session, now);
        }
    }
}
