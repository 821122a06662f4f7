package dev.agentrunner.core.state;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.DeserializationFeature;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.cfg.JsonNodeFeature;
import com.fasterxml.jackson.databind.json.JsonMapper;
import dev.agentrunner.spi.model.Blob;
import dev.agentrunner.spi.model.Failure;
import dev.agentrunner.spi.model.Json;
import dev.agentrunner.spi.model.RunId;
import java.time.Instant;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/** Reads the fields of one event payload. Unknown fields are left alone: a newer version wrote them. */
record FieldsIn(JsonNode node) {

    private static final ObjectMapper EXACT = JsonMapper.builder()
            .enable(DeserializationFeature.USE_BIG_DECIMAL_FOR_FLOATS)
            .disable(JsonNodeFeature.STRIP_TRAILING_BIGDECIMAL_ZEROES)
            .build();

    static FieldsIn of(Json payload) {
        try {
            return new FieldsIn(EXACT.readTree(payload.text()));
        } catch (JsonProcessingException e) {
            throw new IllegalArgumentException("An event payload is not JSON: " + e.getOriginalMessage(), e);
        }
    }

    boolean has(String name) {
        return node.hasNonNull(name);
    }

    String text(String name) {
        JsonNode value = node.get(name);
        if (value == null || value.isNull()) {
            throw new IllegalArgumentException("An event payload lacks the field '" + name + "'");
        }
        return value.asText();
    }

    @Nullable String optional(String name) {
        return has(name) ? text(name) : null;
    }

    long number(String name) {
        return node.path(name).asLong();
    }

    int count(String name) {
        return node.path(name).asInt();
    }

    boolean flag(String name) {
        return node.path(name).asBoolean();
    }

    @Nullable Instant time(String name) {
        return has(name) ? Instant.parse(text(name)) : null;
    }

    @Nullable RunId run(String name) {
        return has(name) ? RunId.parse(text(name)) : null;
    }

    Json json(String name) {
        JsonNode value = node.get(name);
        return value == null ? Json.NULL : new Json(value.toString());
    }

    Map<String, String> map(String name) {
        Map<String, String> values = new LinkedHashMap<>();
        node.path(name)
                .properties()
                .forEach(each -> values.put(each.getKey(), each.getValue().asText()));
        return values;
    }

    Set<String> set(String name) {
        Set<String> values = new LinkedHashSet<>();
        node.path(name).forEach(each -> values.add(each.asText()));
        return values;
    }

    Value value(String name) {
        return has(name + "_ref")
                ? Value.stored(new FieldsIn(node.get(name + "_ref")).blob())
                : Value.inline(json(name));
    }

    Blob blob() {
        return new Blob(number("size"), text("sha256"), text("uri"));
    }

    Failure failure() {
        FieldsIn failure = new FieldsIn(node.path("failure"));
        return new Failure(
                failure.text("kind"),
                failure.text("message"),
                failure.flag("retryable"),
                failure.optional("stack_top"));
    }
}
