package dev.agentrunner.core.state;

import com.fasterxml.jackson.core.JsonFactory;
import com.fasterxml.jackson.core.JsonParser;
import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.core.JsonToken;
import com.fasterxml.jackson.core.StreamReadConstraints;
import dev.agentrunner.spi.model.Blob;
import dev.agentrunner.spi.model.Failure;
import dev.agentrunner.spi.model.Json;
import dev.agentrunner.spi.model.RunId;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.math.BigDecimal;
import java.time.Instant;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * Reads the fields of one event payload. Unknown fields are left alone: a newer version wrote them.
 *
 * <p>JSON values are cut out of the text instead of parsed, so that they come back exactly as they were
 * written: digits, whitespace, escapes and all.
 */
final class FieldsIn {

    private static final JsonFactory FACTORY = JsonFactory.builder()
            // What was recorded must be readable whatever its shape: a refusal here would strand the run.
            .streamReadConstraints(StreamReadConstraints.builder()
                    .maxNestingDepth(Integer.MAX_VALUE)
                    .maxNumberLength(Integer.MAX_VALUE)
                    .maxStringLength(Integer.MAX_VALUE)
                    .maxNameLength(Integer.MAX_VALUE)
                    .build())
            .build();

    private record Field(JsonToken token, String text, String raw) {}

    private final Map<String, Field> fields;

    private FieldsIn(Map<String, Field> fields) {
        this.fields = fields;
    }

    /**
     * Takes a payload.
     *
     * @throws IllegalArgumentException if it is not a JSON object
     */
    static FieldsIn of(Json payload) {
        return new FieldsIn(read(payload.text(), JsonToken.START_OBJECT, JsonToken.END_OBJECT));
    }

    /** The fields of an object, or the elements of an array by their position. */
    private static Map<String, Field> read(String text, JsonToken start, JsonToken end) {
        try (JsonParser in = FACTORY.createParser(text.toCharArray())) {
            if (in.nextToken() != start) {
                throw new IllegalArgumentException("the payload is not a JSON object");
            }
            Map<String, Field> fields = new LinkedHashMap<>();
            while (in.nextToken() != end) {
                String name = start == JsonToken.START_OBJECT ? in.currentName() : String.valueOf(fields.size());
                JsonToken token = start == JsonToken.START_OBJECT ? in.nextToken() : in.currentToken();
                fields.put(name, field(in, token, text));
            }
            if (in.nextToken() != null) {
                throw new IllegalArgumentException("the payload has something after its end");
            }
            return fields;
        } catch (JsonProcessingException e) {
            throw new IllegalArgumentException("the payload is not JSON: " + e.getOriginalMessage(), e);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private static Field field(JsonParser in, JsonToken token, String text) throws IOException {
        int from = (int) in.currentTokenLocation().getCharOffset();
        String value = in.getText();
        in.skipChildren();
        return new Field(
                token, value, text.substring(from, (int) in.currentLocation().getCharOffset()));
    }

    boolean has(String name) {
        Field field = fields.get(name);
        return field != null && field.token() != JsonToken.VALUE_NULL;
    }

    private Field field(String name) {
        Field field = fields.get(name);
        if (field == null) {
            throw new IllegalArgumentException("the field '" + name + "' is missing");
        }
        return field;
    }

    private Field field(String name, JsonToken expected, String what) {
        Field field = field(name);
        if (field.token() != expected) {
            throw new IllegalArgumentException("the field '" + name + "' is not " + what);
        }
        return field;
    }

    String text(String name) {
        return field(name, JsonToken.VALUE_STRING, "a text").text();
    }

    @Nullable String optional(String name) {
        return has(name) ? text(name) : null;
    }

    long number(String name) {
        String digits =
                field(name, JsonToken.VALUE_NUMBER_INT, "a whole number").text();
        try {
            return Long.parseLong(digits);
        } catch (NumberFormatException e) {
            throw new IllegalArgumentException("the field '" + name + "' is too large: " + digits, e);
        }
    }

    int count(String name) {
        long number = number(name);
        if (number != (int) number) {
            throw new IllegalArgumentException("the field '" + name + "' is too large: " + number);
        }
        return (int) number;
    }

    boolean flag(String name) {
        if (!has(name)) {
            return false;
        }
        JsonToken token = field(name).token();
        if (!token.isBoolean()) {
            throw new IllegalArgumentException("the field '" + name + "' is neither true nor false");
        }
        return token == JsonToken.VALUE_TRUE;
    }

    @Nullable Instant time(String name) {
        return has(name) ? Instant.parse(text(name)) : null;
    }

    @Nullable RunId run(String name) {
        return has(name) ? RunId.parse(text(name)) : null;
    }

    Json json(String name) {
        return new Json(field(name).raw());
    }

    /** Texts by name; none when the field is absent. */
    Map<String, String> map(String name) {
        Map<String, String> values = new LinkedHashMap<>();
        if (has(name)) {
            FieldsIn object = object(name);
            object.fields.keySet().forEach(key -> values.put(key, object.text(key)));
        }
        return values;
    }

    /** Texts; none when the field is absent. */
    Set<String> set(String name) {
        Set<String> values = new LinkedHashSet<>();
        if (has(name)) {
            String raw = field(name, JsonToken.START_ARRAY, "a list").raw();
            FieldsIn list = new FieldsIn(read(raw, JsonToken.START_ARRAY, JsonToken.END_ARRAY));
            list.fields.keySet().forEach(key -> values.add(list.text(key)));
        }
        return values;
    }

    /** A number of any kind, to the last digit. */
    @Nullable BigDecimal amount(String name) {
        if (!has(name)) {
            return null;
        }
        if (!field(name).token().isNumeric()) {
            throw new IllegalArgumentException("the field '" + name + "' is not a number");
        }
        return new BigDecimal(field(name).text());
    }

    FieldsIn object(String name) {
        return of(new Json(field(name, JsonToken.START_OBJECT, "an object").raw()));
    }

    Value value(String name) {
        return has(name + "_ref") ? Value.stored(object(name + "_ref").blob()) : Value.inline(json(name));
    }

    Blob blob() {
        return new Blob(number("size"), text("sha256"), text("uri"));
    }

    Failure failure() {
        FieldsIn failure = object("failure");
        return new Failure(
                failure.text("kind"),
                failure.text("message"),
                failure.flag("retryable"),
                failure.optional("stack_top"));
    }
}
