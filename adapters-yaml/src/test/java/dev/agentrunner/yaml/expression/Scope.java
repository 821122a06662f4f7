package dev.agentrunner.yaml.expression;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;

/** What the tests' expressions see. */
final class Scope {

    private static final ObjectMapper JSON = new ObjectMapper();

    private static final String TEXT = """
            {"input": {"topic": "Graceful shutdown", "files": ["a.txt", "b.txt"], "n": 3, "big": 9007199254740993,
                       "huge": 123456789012345678901234567890, "half": 0.5, "none": null, "empty": [], "flag": true,
                       "nulls": [1, null, 2], "nested": [[1, 2], [3]],
                       "items": [{"id": 1, "price": 5, "name": "x"}, {"id": 2, "price": 2, "name": "y"},
                                 {"id": 3, "price": 7, "name": "z"}]},
             "steps": {"draft": {"text": "Hello “World”"}, "build": {"exit_code": 0, "stdout": "ok\\n"},
                       "gate": {"approved": true}, "my name": {"v": 1}},
             "run": {"id": "r1", "labels": {"team": "a"}}, "workspace": "/ws", "env": {"LANG": "C"}, "claim": "sky"}
            """;

    private Scope() {}

    static JsonNode scope() {
        return json(TEXT);
    }

    static JsonNode json(String text) {
        try {
            return JSON.readTree(text);
        } catch (JsonProcessingException e) {
            throw new AssertionError(e);
        }
    }

    static JsonNode value(String expression) {
        return Expression.compile(expression).evaluate(scope());
    }
}
