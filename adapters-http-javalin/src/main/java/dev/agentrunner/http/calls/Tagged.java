package dev.agentrunner.http.calls;

import com.fasterxml.jackson.databind.JsonNode;
import dev.agentrunner.http.request.Answer;
import dev.agentrunner.http.request.Etag;
import dev.agentrunner.http.request.Request;

/** Answers that say whether they have changed. */
final class Tagged {

    private Tagged() {}

    /** 304 if the client has it already. */
    static Answer answer(Request request, JsonNode json) {
        Answer whole = Answer.json(json);
        String tag = Etag.weak(((Answer.Bytes) whole.content()).bytes());
        Answer answer = Etag.matches(request.header("If-None-Match"), tag) ? Answer.empty(304) : whole;
        return answer.header("ETag", tag);
    }
}
