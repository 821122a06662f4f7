package dev.agentrunner.server.command;

import com.fasterxml.jackson.databind.JsonNode;
import dev.agentrunner.client.ForkOptions;
import dev.agentrunner.server.client.Backend;
import dev.agentrunner.spi.model.Json;
import dev.agentrunner.spi.model.StepId;
import java.util.concurrent.Callable;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

/** {@code fork}. */
@Command(
        name = "fork",
        description =
                "Starts a new run with the recorded results of one that has ended; without --from, what did not complete"
                        + " is tried again. Without a server the new run waits for the next 'serve' or 'run', unless it is followed.")
final class ForkCommand implements Callable<Integer> {

    private final Session session;

    @Parameters(paramLabel = "RUN", description = "Its id, or four characters or more of it")
    private String run = "";

    @Option(names = "--from", paramLabel = "STEP", description = "This step, and those that started after it, again")
    private @Nullable String from;

    @Option(
            names = {"-i", "--input"},
            paramLabel = "JSON|@FILE",
            description = "Another input")
    private @Nullable String input;

    @Option(names = "--version", paramLabel = "VERSION", description = "Another version of the workflow")
    private @Nullable String version;

    @Option(
            names = {"-f", "--follow"},
            description = "Show events until the run ends; the exit code says how")
    private boolean follow;

    ForkCommand(Session session) {
        this.session = session;
    }

    @Override
    public Integer call() throws InterruptedException {
        Json changed = input == null ? null : Inputs.json("input", input, session.input());
        ForkOptions options = new ForkOptions(from == null ? null : new StepId(from), changed, version);
        try (Backend backend = follow ? session.executing() : session.backend()) {
            JsonNode forked = backend.commands().fork(Found.run(backend.reads(), run), options);
            String id = forked.path("id").asText();
            return follow ? new Watching(session).follow(backend, id, 0).number() : Answers.answer(session, forked, id);
        }
    }
}
