package dev.agentrunner.core.codec;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.DeserializationFeature;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.cfg.JsonNodeFeature;
import com.fasterxml.jackson.databind.json.JsonMapper;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.agentrunner.spi.model.Json;
import java.util.Collection;
import java.util.Comparator;
import java.util.List;
import java.util.function.Consumer;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/**
 * What must not be stored or shown: values that the application names, and keys that are known by their shape. Immutable.
 */
public final class Secrets {

    /** What stands in place of a secret. */
    public static final String REDACTED = "[redacted]";

    private static final int SHORTEST = 6;

    /** How a key begins, and what follows then. */
    private record Shape(String beginning, String rest) {}

    /** Keys of services, by the forms that they document; tokens of JSON Web Token. */
    private static final List<Shape> KEYS = List.of(
            new Shape("sk-", "[A-Za-z0-9_-]{20,}"),
            new Shape("ghp_", "[A-Za-z0-9]{36,}"),
            new Shape("gho_", "[A-Za-z0-9]{36,}"),
            new Shape("ghu_", "[A-Za-z0-9]{36,}"),
            new Shape("ghs_", "[A-Za-z0-9]{36,}"),
            new Shape("ghr_", "[A-Za-z0-9]{36,}"),
            new Shape("github_pat_", "[A-Za-z0-9_]{40,}"),
            new Shape("glpat-", "[A-Za-z0-9_-]{20,}"),
            new Shape("AKIA", "[0-9A-Z]{16}"),
            new Shape("AIza", "[0-9A-Za-z_-]{35}"),
            new Shape("xox", "[abeoprs]-[A-Za-z0-9-]{10,}"),
            new Shape("ar_", "[A-Za-z0-9]{4,}_[A-Za-z0-9_-]{32,}"),
            new Shape("eyJ", "[A-Za-z0-9_-]{8,}\\.eyJ[A-Za-z0-9_-]{8,}\\.[A-Za-z0-9_-]{16,}"));

    private static final Shape PRIVATE_KEY = new Shape(
            SecretStream.PEM_BEGINNING, SecretStream.PEM_REST + "[\\s\\S]*?(?:-----END [A-Z ]*PRIVATE KEY-----|\\z)");

    private static final String SHAPES = KEYS.stream()
                    .map(key -> key.beginning + key.rest)
                    .collect(Collectors.joining("|", "(?<![A-Za-z0-9])(?:", ")|"))
            + PRIVATE_KEY.beginning
            + PRIVATE_KEY.rest;

    /** Numbers keep their last digit. */
    private static final ObjectMapper EXACT = JsonMapper.builder()
            .enable(DeserializationFeature.USE_BIG_DECIMAL_FOR_FLOATS)
            .disable(JsonNodeFeature.STRIP_TRAILING_BIGDECIMAL_ZEROES)
            .build();

    private final Pattern pattern;
    private final Beginnings beginnings;
    private final int longest;

    private Secrets(Pattern pattern, Beginnings beginnings, int longest) {
        this.pattern = pattern;
        this.beginnings = beginnings;
        this.longest = longest;
    }

    /**
     * Secrets of known shapes, and these.
     *
     * @throws IllegalArgumentException if one is so short that it would be found everywhere
     */
    public static Secrets of(Collection<String> given) {
        List<String> values = given.stream().map(String::strip).toList();
        for (String value : values) {
            if (value.length() < SHORTEST) {
                throw new IllegalArgumentException("A secret has at least " + SHORTEST
                        + " characters: a shorter one would be taken out of texts that have nothing to do with it");
            }
        }
        String all = Stream.concat(
                        values.stream()
                                .sorted(Comparator.comparingInt(String::length).reversed())
                                .map(Pattern::quote),
                        Stream.of(SHAPES))
                .collect(Collectors.joining("|"));
        return new Secrets(
                Pattern.compile(all),
                new Beginnings(Stream.of(
                                values.stream(), KEYS.stream().map(Shape::beginning), Stream.of(PRIVATE_KEY.beginning))
                        .flatMap(each -> each)
                        .toList()),
                values.stream().mapToInt(String::length).max().orElse(0));
    }

    /** The text without secrets; the same one if there are none in it. */
    public String redact(String text) {
        return new SecretSearch(pattern, beginnings, text).replaceAll(REDACTED);
    }

    /** The value without secrets in its texts and names; the same one, to the last blank, if there are none. */
    public Json redact(Json json) {
        // Escapes may hide a secret from the pattern, and only they.
        if (json.text().indexOf('\\') < 0 && !new SecretSearch(pattern, beginnings, json.text()).find()) {
            return json;
        }
        JsonNode tree = exactly(json);
        JsonNode clean = redact(tree);
        return clean.equals(tree) ? json : new Json(clean.toString());
    }

    private static JsonNode exactly(Json json) {
        try {
            return EXACT.readTree(json.text());
        } catch (JsonProcessingException e) {
            throw new IllegalArgumentException("Not JSON: " + e.getOriginalMessage(), e);
        }
    }

    private JsonNode redact(JsonNode node) {
        if (node.isNumber() && pattern.matcher(node.asText()).matches()) {
            return JsonNodeFactory.instance.textNode(REDACTED);
        }
        if (node.isTextual()) {
            return JsonNodeFactory.instance.textNode(redact(node.textValue()));
        }
        if (node instanceof ArrayNode array) {
            ArrayNode clean = JsonNodeFactory.instance.arrayNode(array.size());
            array.forEach(each -> clean.add(redact(each)));
            return clean;
        }
        if (node instanceof ObjectNode object) {
            ObjectNode clean = JsonNodeFactory.instance.objectNode();
            object.properties().forEach(field -> clean.set(redact(field.getKey()), redact(field.getValue())));
            return clean;
        }
        return node;
    }

    /** Redacts a text that comes in pieces, also where they split a secret. */
    public SecretStream stream(Consumer<String> out) {
        return new SecretStream(this, out);
    }

    Pattern pattern() {
        return pattern;
    }

    /** The length of the longest value that the application named. */
    int longest() {
        return longest;
    }
}
