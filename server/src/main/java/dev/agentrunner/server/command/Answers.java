package dev.agentrunner.server.command;

import com.fasterxml.jackson.databind.JsonNode;

/** What commands answer in the same way. */
final class Answers {

    private Answers() {}

    /** A run as it stands after a command; gives the exit code. */
    static int run(Session session, JsonNode run) {
        return answer(session, run, Sentences.stands(session, run));
    }

    /** A document for machines, or a sentence for people. */
    static int answer(Session session, JsonNode document, String sentence) {
        if (session.json()) {
            session.terminal().json(document);
        } else {
            session.terminal().line(sentence);
        }
        return ExitCode.OK.number();
    }
}
