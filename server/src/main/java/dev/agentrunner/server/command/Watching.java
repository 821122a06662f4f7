package dev.agentrunner.server.command;

import com.fasterxml.jackson.databind.JsonNode;
import dev.agentrunner.server.client.Backend;
import dev.agentrunner.server.client.Feed;
import dev.agentrunner.server.terminal.Spans;
import java.time.Duration;

/** Shows a run's events as they happen, and what its models do meanwhile. Not thread-safe. */
final class Watching implements Feed.Listener {

    private final Session session;
    private final EventLine line;
    private String answer = "";

    Watching(Session session) {
        this.session = session;
        this.line = new EventLine(session.terminal(), new Shows(session.zone()));
    }

    /** Shows what comes after a seq until the run has ended, and how it did. */
    ExitCode follow(Backend backend, String run, long after) throws InterruptedException {
        backend.feed().follow(run, after, this);
        session.terminal().clear();
        JsonNode ended = backend.reads().run(run);
        if (!session.json()) {
            session.terminal().line(Sentences.ended(session, ended));
        }
        return ExitCode.ofStatus(ended.path("status").asText());
    }

    @Override
    public void event(JsonNode event) {
        answer = "";
        session.terminal().line(session.json() ? event.toString() : line.of(event));
    }

    @Override
    public void live(String kind, JsonNode message) {
        if (session.json()) {
            return;
        }
        String step = message.path("step_id").asText();
        if (kind.equals("llm.delta")) {
            answer = tail(answer + message.path("text").asText());
            session.terminal().progress(step + ": … " + answer);
        } else if (kind.equals("step.output")) {
            session.terminal()
                    .progress(step + ": " + message.path("text").asText().strip());
        } else if (kind.equals("llm.heartbeat") && answer.isEmpty()) {
            session.terminal()
                    .progress(step + ": " + message.path("phase").asText() + ", "
                            + Spans.of(
                                    Duration.ofMillis(message.path("elapsed_ms").asLong())));
        }
    }

    private static String tail(String text) {
        return text.length() <= 60 ? text : text.substring(text.length() - 60);
    }
}
