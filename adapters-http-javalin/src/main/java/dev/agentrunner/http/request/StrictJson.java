package dev.agentrunner.http.request;

import com.fasterxml.jackson.core.JsonFactory;
import com.fasterxml.jackson.core.JsonLocation;
import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.core.StreamReadConstraints;
import com.fasterxml.jackson.core.StreamReadFeature;
import com.fasterxml.jackson.core.exc.StreamConstraintsException;
import com.fasterxml.jackson.databind.DeserializationFeature;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.cfg.JsonNodeFeature;
import com.fasterxml.jackson.databind.json.JsonMapper;
import dev.agentrunner.http.problem.Kind;
import dev.agentrunner.http.problem.Problem;
import java.nio.ByteBuffer;
import java.nio.charset.CharacterCodingException;
import java.nio.charset.CodingErrorAction;
import java.nio.charset.StandardCharsets;

/** Reads one JSON value out of bytes that nobody vouches for. */
final class StrictJson {

    private static final int MAX_DEPTH = 100;
    private static final int MAX_DIGITS = 400;
    /** Beyond it, a number of ten characters is one of a billion digits to whoever writes it out. */
    private static final int MAX_EXPONENT = 400;

    private static final ObjectMapper MAPPER = JsonMapper.builder(JsonFactory.builder()
                    .enable(StreamReadFeature.STRICT_DUPLICATE_DETECTION)
                    .streamReadConstraints(StreamReadConstraints.builder()
                            .maxNestingDepth(MAX_DEPTH)
                            .maxNumberLength(MAX_DIGITS)
                            .build())
                    .build())
            .enable(DeserializationFeature.FAIL_ON_TRAILING_TOKENS)
            .enable(DeserializationFeature.USE_BIG_DECIMAL_FOR_FLOATS)
            .disable(JsonNodeFeature.STRIP_TRAILING_BIGDECIMAL_ZEROES)
            .build();

    private StrictJson() {}

    /** The value; numbers keep their last digit. */
    static JsonNode read(byte[] bytes) {
        JsonNode value = parse(utf8(bytes));
        if (value.isMissingNode()) {
            throw malformed("the body is empty; a JSON value was expected");
        }
        check(value, "");
        return value;
    }

    private static String utf8(byte[] bytes) {
        try {
            return StandardCharsets.UTF_8
                    .newDecoder()
                    .onMalformedInput(CodingErrorAction.REPORT)
                    .onUnmappableCharacter(CodingErrorAction.REPORT)
                    .decode(ByteBuffer.wrap(bytes))
                    .toString();
        } catch (CharacterCodingException e) {
            throw malformed("the body is not UTF-8");
        }
    }

    private static JsonNode parse(String text) {
        try {
            return MAPPER.readTree(text);
        } catch (StreamConstraintsException e) {
            throw malformed("it is nested deeper than " + MAX_DEPTH + " levels, or has a number of more than "
                    + MAX_DIGITS + " digits");
        } catch (JsonProcessingException e) {
            JsonLocation at = e.getLocation();
            String where = at == null ? "" : " (line " + at.getLineNr() + ", column " + at.getColumnNr() + ")";
            throw malformed(sentence(e.getOriginalMessage()) + where);
        }
    }

    /** Jackson's messages go on about its own settings after the first sentence. */
    private static String sentence(String message) {
        if (message.startsWith("Trailing token")) {
            return "something follows after the value";
        }
        String line =
                message.lines().findFirst().orElse("it cannot be read").replaceFirst(" \\(start marker at .*", "");
        return line.length() <= 200 ? line : line.substring(0, 200) + " …";
    }

    private static Problem malformed(String detail) {
        return Problem.at(Kind.MALFORMED_JSON, "", detail);
    }

    private static void check(JsonNode node, String pointer) {
        if (node.isTextual()) {
            text(node.textValue(), pointer);
        } else if (node.isBigDecimal() && Math.abs((long) node.decimalValue().scale()) > MAX_EXPONENT) {
            throw Problem.at(Kind.INVALID_REQUEST, pointer, "the number is too large or too small");
        } else if (node.isObject()) {
            node.properties().forEach(field -> {
                text(field.getKey(), pointer);
                check(field.getValue(), pointer + "/" + Fields.token(field.getKey()));
            });
        } else if (node.isArray()) {
            for (int i = 0; i < node.size(); i++) {
                check(node.get(i), pointer + "/" + i);
            }
        }
    }

    private static void text(String text, String pointer) {
        if (!StandardCharsets.UTF_8.newEncoder().canEncode(text)) {
            throw Problem.at(Kind.MALFORMED_JSON, pointer, "a text has half of a surrogate pair");
        }
    }
}
