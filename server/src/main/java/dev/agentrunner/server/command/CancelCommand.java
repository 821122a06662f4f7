package dev.agentrunner.server.command;

import com.fasterxml.jackson.databind.JsonNode;
import dev.agentrunner.server.client.Backend;
import dev.agentrunner.server.client.Commands.Cancel;
import java.util.concurrent.Callable;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

/** {@code cancel}. */
@Command(name = "cancel", description = "Cancels a run.")
final class CancelCommand implements Callable<Integer> {

    private final Session session;

    @Parameters(paramLabel = "RUN", description = "Its id, or four characters or more of it")
    private String run = "";

    @Option(
            names = {"-r", "--reason"},
            description = "Recorded with it")
    private @Nullable String reason;

    @Option(names = "--force", description = "End it at once, whatever its steps do")
    private boolean force;

    CancelCommand(Session session) {
        this.session = session;
    }

    @Override
    public Integer call() {
        try (Backend backend = session.backend()) {
            String id = Found.run(backend.reads(), run);
            JsonNode now = backend.commands().cancel(id, force ? Cancel.AT_ONCE : Cancel.GRACEFULLY, reason);
            return Answers.run(session, now);
        }
    }
}
