package dev.agentrunner.http.request;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import dev.agentrunner.http.problem.FieldError;
import dev.agentrunner.http.problem.Kind;
import dev.agentrunner.http.problem.Problem;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/** Takes the fields of a JSON object one by one, and notes all that is wrong. Mutable; used by one thread. */
public final class Fields {

    private final JsonNode object;
    private final String pointer;
    private final List<FieldError> errors;
    private final Set<String> asked = new LinkedHashSet<>();

    private Fields(JsonNode object, String pointer, List<FieldError> errors) {
        this.object = object;
        this.pointer = pointer;
        this.errors = errors;
    }

    /** The fields of the body. */
    public static Fields of(JsonNode body) {
        if (!body.isObject()) {
            throw Problem.at(Kind.INVALID_REQUEST, "", "the body is a JSON object");
        }
        return new Fields(body, "", new ArrayList<>());
    }

    /** A part of a JSON Pointer. */
    static String token(String name) {
        return name.replace("~", "~0").replace("/", "~1");
    }

    private @Nullable JsonNode take(String name) {
        asked.add(name);
        JsonNode value = object.get(name);
        return value == null || value.isNull() ? null : value;
    }

    private void wrong(String name, String detail) {
        errors.add(new FieldError(pointer + "/" + token(name), detail));
    }

    /** A text of 1 to so many characters; empty, and noted, if there is none. */
    public String text(String name, int most) {
        if (!object.hasNonNull(name)) {
            asked.add(name);
            wrong(name, "this field is required");
            return "";
        }
        String text = optionalText(name, most);
        return text == null ? "" : text;
    }

    public @Nullable String optionalText(String name, int most) {
        JsonNode value = take(name);
        if (value == null) {
            return null;
        }
        if (!value.isTextual()) {
            wrong(name, "this is a text");
            return null;
        }
        return checked(name, value.textValue(), most);
    }

    private @Nullable String checked(String name, String text, int most) {
        if (text.isBlank() || text.length() > most) {
            wrong(name, "this has 1 to " + most + " characters, not only blanks");
            return null;
        }
        if (text.indexOf(0) >= 0) {
            wrong(name, "this has a NUL character, which cannot be stored");
            return null;
        }
        return text;
    }

    public @Nullable Integer optionalInt(String name, int least, int most) {
        JsonNode value = take(name);
        if (value == null) {
            return null;
        }
        boolean fits = value.isIntegralNumber()
                && value.canConvertToInt()
                && value.intValue() >= least
                && value.intValue() <= most;
        if (!fits) {
            wrong(name, "this is a whole number from " + least + " to " + most);
            return null;
        }
        return value.intValue();
    }

    public boolean flag(String name) {
        JsonNode value = take(name);
        if (value != null && !value.isBoolean()) {
            wrong(name, "this is true or false");
        }
        return value != null && value.booleanValue();
    }

    /** Any value; null if the field is absent, the JSON null if that is what it says. */
    public @Nullable JsonNode any(String name) {
        asked.add(name);
        return object.get(name);
    }

    /** Texts by name; at most 100 of them. */
    public Map<String, String> texts(String name, int mostOfName, int most) {
        JsonNode value = take(name);
        Map<String, String> all = new LinkedHashMap<>();
        if (value == null) {
            return all;
        }
        if (!value.isObject() || value.size() > 100) {
            wrong(name, "this is an object of at most 100 texts");
            return all;
        }
        Fields inner = new Fields(value, pointer + "/" + token(name), errors);
        value.fieldNames().forEachRemaining(key -> {
            String text = inner.optionalText(key, most);
            if (inner.checked(key, key, mostOfName) != null && text != null) {
                all.put(key, text);
            }
        });
        return all;
    }

    /** The fields of an object within; those of an empty one if there is none. */
    public Fields object(String name) {
        JsonNode value = take(name);
        if (value != null && !value.isObject()) {
            wrong(name, "this is an object");
            value = null;
        }
        JsonNode within = value == null ? JsonNodeFactory.instance.objectNode() : value;
        return new Fields(within, pointer + "/" + token(name), errors);
    }

    /** Notes fields that nobody has asked for. */
    public Fields noOthers() {
        object.fieldNames().forEachRemaining(name -> {
            if (!asked.contains(name)) {
                wrong(name, "there is no such field; known are " + String.join(", ", asked));
            }
        });
        return this;
    }

    /** Ends the request here if anything is wrong. */
    public void check() {
        if (!errors.isEmpty()) {
            throw Problem.of(Kind.INVALID_REQUEST, errors);
        }
    }
}
