package dev.agentrunner.server.command;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.agentrunner.server.client.Backend;
import dev.agentrunner.server.client.Reads;
import dev.agentrunner.server.terminal.Terminal;
import java.util.concurrent.Callable;
import java.util.function.Consumer;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

/** {@code logs}. */
@Command(name = "logs", description = "Shows the events of a run.")
final class LogsCommand implements Callable<Integer> {

    private static final int PAGE = 200;

    private final Session session;

    @Parameters(paramLabel = "RUN", description = "Its id, or four characters or more of it")
    private String run = "";

    @Option(
            names = {"-f", "--follow"},
            description = "Go on until the run ends; the exit code says how. With --json: an event a line")
    private boolean follow;

    @Option(names = "--after", paramLabel = "SEQ", description = "Only what came after this event")
    private long after;

    LogsCommand(Session session) {
        this.session = session;
    }

    @Override
    public Integer call() throws InterruptedException {
        try (Backend backend = session.backend()) {
            String id = Found.run(backend.reads(), run);
            if (follow) {
                return new Watching(session).follow(backend, id, after).number();
            }
            Terminal terminal = session.terminal();
            if (session.json()) {
                ObjectNode all = JsonNodeFactory.instance.objectNode();
                all.putArray("items");
                all.put("head", each(backend.reads(), id, all.withArray("items")::add));
                terminal.json(all);
            } else {
                EventLine line = new EventLine(terminal, new Shows(session.zone()));
                each(backend.reads(), id, event -> terminal.line(line.of(event)));
            }
            return ExitCode.OK.number();
        }
    }

    /** Gives the seq of the last one. */
    private long each(Reads reads, String id, Consumer<JsonNode> taking) {
        long seen = after;
        while (true) {
            JsonNode page = reads.events(id, seen, PAGE);
            for (JsonNode event : page.path("items")) {
                taking.accept(event);
                seen = event.path("seq").asLong();
            }
            if (page.path("items").size() < PAGE) {
                return page.path("head").asLong();
            }
        }
    }
}
