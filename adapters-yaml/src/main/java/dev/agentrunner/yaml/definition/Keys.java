package dev.agentrunner.yaml.definition;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import dev.agentrunner.yaml.source.Excerpt;
import dev.agentrunner.yaml.source.Mapping;
import dev.agentrunner.yaml.source.Problems;
import dev.agentrunner.yaml.source.Scalar;
import dev.agentrunner.yaml.source.Spelling;
import dev.agentrunner.yaml.source.Value;
import java.time.Duration;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/**
 * Reads the keys of one mapping. Whatever is asked for is known; what nobody has asked for by the {@linkplain #end end}
 * is a problem. Where a value is wrong, the problem is noted and a harmless value given, so that reading goes on. Mutable.
 */
final class Keys {

    private final Mapping mapping;
    private final String owner;
    private final Problems problems;
    /** The value was no mapping, so what is missing in it was said already. */
    private final boolean broken;

    private final Set<String> known = new LinkedHashSet<>();

    private Keys(Value value, String owner, Problems problems) {
        this.broken = !(value instanceof Mapping);
        this.mapping = value instanceof Mapping given ? given : new Mapping(Map.of(), value.offset());
        this.owner = owner;
        this.problems = problems;
    }

    /** @param owner what the mapping is, for messages: {@code llm} */
    static Keys of(Value value, String owner, Problems problems) {
        if (!(value instanceof Mapping)) {
            problems.add(value, owner + " is a mapping, not " + value.kind() + "; write its keys below it");
        }
        return new Keys(value, owner, problems);
    }

    boolean has(String key) {
        known.add(key);
        return mapping.get(key) != null;
    }

    @Nullable Value take(String key) {
        known.add(key);
        return mapping.get(key);
    }

    @Nullable Value require(String key) {
        Value value = take(key);
        if (value == null && !broken) {
            problems.add(mapping, owner + " has no " + Excerpt.quoted(key) + "; add it");
        }
        return value;
    }

    /** Where a key stands; where the mapping begins if it does not. */
    int offset(String key) {
        Mapping.Entry entry = mapping.entries().get(key);
        return entry == null ? mapping.offset() : entry.offset();
    }

    Value whole() {
        return mapping;
    }

    /** Which of these are there, in the order of the file. */
    List<String> present(List<String> keys) {
        known.addAll(keys);
        return mapping.entries().keySet().stream().filter(keys::contains).toList();
    }

    void end() {
        mapping.entries().forEach((key, entry) -> {
            if (!known.contains(key)) {
                problems.add(
                        entry.offset(),
                        "unknown key " + Excerpt.quoted(key) + " in " + owner + Spelling.hint(key, known));
            }
        });
    }

    /** A text without expressions; empty if there is none. */
    String text(String key) {
        Value value = take(key);
        return value == null ? "" : text(key, value);
    }

    @Nullable String textOrNull(String key) {
        Value value = take(key);
        return value == null ? null : text(key, value);
    }

    private String text(String key, Value value) {
        if (value instanceof Scalar scalar && scalar.isText()) {
            return scalar.written();
        }
        String hint =
                value instanceof Scalar scalar ? "; put it into quotes: \"" + Excerpt.of(scalar.written()) + "\"" : "";
        problems.add(value, key + " is a text, not " + value.kind() + hint);
        return "";
    }

    /** A text that must be there and be like this; a harmless one if it is not. */
    String name(String key, Pattern pattern, String rule) {
        Value value = require(key);
        if (value == null) {
            return "x";
        }
        int before = problems.size();
        String text = text(key, value);
        if (problems.size() == before && !pattern.matcher(text).matches()) {
            problems.add(value, key + " " + Excerpt.quoted(text) + " is not one: " + rule);
        }
        return text;
    }

    @Nullable Boolean flagOrNull(String key) {
        Value value = take(key);
        if (value == null) {
            return null;
        }
        if (value instanceof Scalar scalar && scalar.json().isBoolean()) {
            return scalar.json().booleanValue();
        }
        String what =
                value instanceof Scalar scalar && scalar.isText() ? Excerpt.quoted(scalar.written()) : value.kind();
        problems.add(value, key + " is true or false, not " + what);
        return null;
    }

    boolean flag(String key, boolean otherwise) {
        Boolean flag = flagOrNull(key);
        return flag == null ? otherwise : flag;
    }

    int count(String key, int otherwise, int most) {
        Value value = take(key);
        if (value == null) {
            return otherwise;
        }
        JsonNode json = value instanceof Scalar scalar ? scalar.json() : JsonNodeFactory.instance.nullNode();
        if (json.isIntegralNumber() && json.canConvertToInt() && json.intValue() >= 1 && json.intValue() <= most) {
            return json.intValue();
        }
        problems.add(value, key + " is a whole number from 1 to " + most + ", not " + value.kind());
        return otherwise;
    }

    @Nullable Duration duration(String key) {
        Value value = take(key);
        if (value == null) {
            return null;
        }
        Duration duration = value instanceof Scalar scalar ? Durations.parse(scalar.written()) : null;
        if (duration == null || duration.isZero()) {
            String what = value instanceof Scalar scalar ? Excerpt.quoted(scalar.written()) : value.kind();
            problems.add(
                    value,
                    key + " is a duration of more than nothing and at most 3650d, such as 500ms, 2s, 10m or 1h30m, not "
                            + what);
            return null;
        }
        return duration;
    }
}
