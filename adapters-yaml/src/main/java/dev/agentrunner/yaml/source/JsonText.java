package dev.agentrunner.yaml.source;

import com.fasterxml.jackson.core.JsonFactory;
import com.fasterxml.jackson.core.JsonLocation;
import com.fasterxml.jackson.core.JsonParser;
import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.core.JsonToken;
import com.fasterxml.jackson.databind.node.BooleanNode;
import com.fasterxml.jackson.databind.node.NullNode;
import dev.agentrunner.yaml.problem.WorkflowFileException;
import dev.agentrunner.yaml.source.Scalar.Style;
import java.io.IOException;
import java.io.StringReader;
import java.io.UncheckedIOException;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** Reads JSON (RFC 8259), which may hold what YAML does not, such as tabs between values. Mutable; reads one text. */
final class JsonText {

    private static final JsonFactory FACTORY = new JsonFactory();

    private final SourceText source;
    private final Builder build;
    private final JsonParser parser;

    JsonText(SourceText source, Problems problems) {
        this.source = source;
        this.build = new Builder(problems);
        try {
            this.parser = FACTORY.createParser(new StringReader(source.text()));
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /** Null if there is no value. */
    @Nullable Value read() {
        JsonToken first = next();
        if (first == null) {
            return null;
        }
        Value root = value(first, 1);
        if (next() != null) {
            throw build.problems.fatal(
                    offset(), "a second value begins here; a file holds one workflow, so take it out");
        }
        return root;
    }

    private @Nullable JsonToken next() {
        try {
            return parser.nextToken();
        } catch (JsonProcessingException e) {
            throw broken(e);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private JsonToken nextOfMany() {
        JsonToken token = next();
        if (token == null) {
            throw build.problems.fatal(source.text().length(), "this is not JSON: it ends too early");
        }
        return token;
    }

    private String text() {
        try {
            return parser.getText();
        } catch (JsonProcessingException e) {
            throw broken(e);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private WorkflowFileException broken(JsonProcessingException e) {
        JsonLocation location = e.getLocation();
        long at = location == null ? -1 : location.getCharOffset();
        String text = source.text();
        int offset = at < 0 ? text.length() : (int) Math.min(at, text.length());
        return build.problems.fatal(
                offset,
                "this is not JSON: " + Excerpt.sentence(e.getOriginalMessage().replaceFirst(": enable .*", "")));
    }

    private int offset() {
        return (int) parser.currentTokenLocation().getCharOffset();
    }

    private Value value(JsonToken token, int level) {
        int offset = offset();
        build.checkDepth(level, offset);
        return switch (token) {
            case START_OBJECT -> object(offset, level);
            case START_ARRAY -> array(offset, level);
            case VALUE_STRING -> build.text(text(), Style.DOUBLE_QUOTED, offset);
            case VALUE_TRUE, VALUE_FALSE ->
                build.plain(BooleanNode.valueOf(token == JsonToken.VALUE_TRUE), text(), offset);
            case VALUE_NULL -> build.plain(NullNode.instance, "null", offset);
            default -> {
                String number = text();
                yield build.plain(CoreSchema.jsonNumber(number), number, offset);
            }
        };
    }

    private Mapping object(int offset, int level) {
        build.spend(0, offset);
        Builder.Entries entries = build.new Entries();
        while (nextOfMany() != JsonToken.END_OBJECT) {
            int at = offset();
            String key = build.text(text(), Style.DOUBLE_QUOTED, at).written();
            Value value = value(nextOfMany(), level + 1);
            entries.add(key, at, value);
        }
        return entries.mapping(offset);
    }

    private Sequence array(int offset, int level) {
        build.spend(0, offset);
        List<Value> items = new ArrayList<>();
        for (JsonToken token = nextOfMany(); token != JsonToken.END_ARRAY; token = nextOfMany()) {
            items.add(value(token, level + 1));
        }
        return new Sequence(items, offset);
    }
}
