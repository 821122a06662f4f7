package dev.agentrunner.server.command;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.agentrunner.server.client.Backend;
import dev.agentrunner.server.client.NotFoundException;
import dev.agentrunner.spi.model.Json;
import java.util.List;
import java.util.concurrent.Callable;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

/** {@code approve}. */
@Command(name = "approve", description = "Answers a step that asks a person.")
final class ApproveCommand implements Callable<Integer> {

    private final Session session;

    @Parameters(index = "0", paramLabel = "RUN", description = "Its id, or four characters or more of it")
    private String run = "";

    @Parameters(index = "1", arity = "0..1", paramLabel = "STEP", description = "Not needed if only one step asks")
    private @Nullable String step;

    @Option(names = "--reject", description = "Say no")
    private boolean reject;

    @Option(
            names = {"-c", "--comment"},
            description = "Recorded with the answer")
    private @Nullable String comment;

    @Option(names = "--payload", paramLabel = "JSON|@FILE", description = "Whatever else the workflow expects")
    private @Nullable String payload;

    ApproveCommand(Session session) {
        this.session = session;
    }

    @Override
    public Integer call() {
        ObjectNode answer = JsonNodeFactory.instance.objectNode().put("approved", !reject);
        if (comment != null) {
            answer.put("comment", comment);
        }
        if (payload != null) {
            answer.set(
                    "payload", Inputs.json("payload", payload, session.input()).tree());
        }
        try (Backend backend = session.backend()) {
            String id = Found.run(backend.reads(), run);
            String asking = step == null ? only(Approvals.open(backend.reads(), id), id) : step;
            JsonNode event = backend.commands().signal(id, "approval." + asking, Json.of(answer));
            return Answers.answer(session, event, (reject ? "Rejected " : "Approved ") + asking);
        }
    }

    private static String only(List<String> open, String id) {
        if (open.isEmpty()) {
            throw new NotFoundException(
                    "No step of run " + id + " asks anybody now; 'agent-runner steps " + id + "' lists them");
        }
        if (open.size() > 1) {
            throw new IllegalArgumentException("Several steps ask; name one of them: " + String.join(", ", open));
        }
        return open.get(0);
    }
}
