package dev.agentrunner.http.view;

import com.fasterxml.jackson.core.JsonFactory;
import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.core.StreamReadConstraints;
import com.fasterxml.jackson.databind.DeserializationFeature;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.cfg.JsonNodeFeature;
import com.fasterxml.jackson.databind.json.JsonMapper;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import com.fasterxml.jackson.databind.util.RawValue;
import dev.agentrunner.spi.model.Json;
import java.time.Instant;
import java.time.format.DateTimeFormatter;
import java.time.format.DateTimeFormatterBuilder;
import java.util.Collection;
import java.util.Locale;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/** How values are written: recorded JSON to the last digit, times in UTC with milliseconds. */
public final class Shown {

    /** What is recorded is shown, whatever its shape. */
    private static final ObjectMapper EXACT = JsonMapper.builder(JsonFactory.builder()
                    .streamReadConstraints(StreamReadConstraints.builder()
                            .maxNestingDepth(Integer.MAX_VALUE)
                            .maxNumberLength(Integer.MAX_VALUE)
                            .maxStringLength(Integer.MAX_VALUE)
                            .maxNameLength(Integer.MAX_VALUE)
                            .build())
                    .build())
            .enable(DeserializationFeature.USE_BIG_DECIMAL_FOR_FLOATS)
            .disable(JsonNodeFeature.STRIP_TRAILING_BIGDECIMAL_ZEROES)
            .build();

    private static final DateTimeFormatter TIME =
            new DateTimeFormatterBuilder().appendInstant(3).toFormatter(Locale.ROOT);

    private Shown() {}

    /** A recorded value as a tree. */
    public static JsonNode tree(Json json) {
        try {
            return EXACT.readTree(json.text());
        } catch (JsonProcessingException e) {
            throw new IllegalArgumentException("Recorded JSON cannot be read: " + e.getOriginalMessage(), e);
        }
    }

    public static ObjectNode object() {
        return JsonNodeFactory.instance.objectNode();
    }

    /** A value that is written as it is. */
    public static JsonNode raw(String json) {
        return JsonNodeFactory.instance.rawValueNode(new RawValue(json));
    }

    /** A list and nothing else. */
    public static <T> ObjectNode items(Collection<T> all, Function<? super T, ? extends JsonNode> each) {
        ObjectNode json = object();
        ArrayNode items = json.putArray("items");
        all.forEach(one -> items.add(each.apply(one)));
        return json;
    }

    /** A part of a list. */
    public static <T> ObjectNode page(
            Collection<T> all, Function<? super T, ? extends JsonNode> each, @Nullable String nextCursor) {
        return items(all, each).put("next_cursor", nextCursor);
    }

    /** RFC 3339 in UTC. */
    public static String time(Instant time) {
        return TIME.format(time);
    }

    static void put(ObjectNode json, String name, @Nullable Instant time) {
        if (time != null) {
            json.put(name, time(time));
        }
    }

    /** Writes it unless it is null. */
    static void put(ObjectNode json, String name, @Nullable Object value) {
        if (value != null) {
            json.put(name, value.toString());
        }
    }
}
