package dev.agentrunner.http.problem;

import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.agentrunner.spi.error.AgentRunnerException;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/** A request that is not answered as it was meant, and what the client is told (RFC 9457). Immutable. */
public final class Problem extends AgentRunnerException {

    public static final String MEDIA_TYPE = "application/problem+json";

    private static final long serialVersionUID = 1L;

    private final Kind kind;
    private final transient List<FieldError> errors;
    private final transient Map<String, String> headers;

    private Problem(Kind kind, String detail, List<FieldError> errors, Map<String, String> headers) {
        super(detail);
        this.kind = kind;
        this.errors = List.copyOf(errors);
        this.headers = Map.copyOf(headers);
    }

    public static Problem of(Kind kind, String detail) {
        return new Problem(kind, detail, List.of(), Map.of());
    }

    /** With one part of the request that is wrong. */
    public static Problem at(Kind kind, String pointer, String detail) {
        return of(kind, List.of(new FieldError(pointer, detail)));
    }

    /** With the parts of the request that are wrong. */
    public static Problem of(Kind kind, List<FieldError> errors) {
        FieldError first = errors.get(0);
        String more = errors.size() == 1 ? "" : " (and " + (errors.size() - 1) + " more)";
        String where = first.pointer().isEmpty() ? "" : first.pointer() + ": ";
        return new Problem(kind, where + first.detail() + more, errors, Map.of());
    }

    /** The same with a header of the answer. */
    public Problem header(String name, String value) {
        Map<String, String> all = new LinkedHashMap<>(headers);
        all.put(name, value);
        return new Problem(kind, String.valueOf(getMessage()), errors, all);
    }

    public Kind kind() {
        return kind;
    }

    public Map<String, String> headers() {
        return headers;
    }

    /**
     * What the client is sent.
     *
     * @param instance the path of the request
     */
    public ObjectNode json(String instance) {
        ObjectNode json = JsonNodeFactory.instance
                .objectNode()
                .put("type", "about:blank")
                .put("title", kind.title())
                .put("status", kind.status())
                .put("code", kind.code())
                .put("detail", getMessage())
                .put("instance", instance);
        if (!errors.isEmpty()) {
            ArrayNode list = json.putArray("errors");
            errors.forEach(
                    each -> list.addObject().put("pointer", each.pointer()).put("detail", each.detail()));
        }
        return json;
    }
}
