package dev.agentrunner.yaml.source;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.NullNode;
import com.fasterxml.jackson.databind.node.TextNode;
import dev.agentrunner.yaml.source.Mapping.Entry;
import dev.agentrunner.yaml.source.Scalar.Style;
import java.util.LinkedHashMap;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** What reading YAML and reading JSON have in common: values, and the limits that they keep to. Mutable. */
final class Builder {

    final Problems problems;
    final Budget budget = new Budget();

    Builder(Problems problems) {
        this.problems = problems;
    }

    Scalar text(String text, Style style, int offset) {
        spend(text.length(), offset);
        checkSurrogates(text, offset);
        return new Scalar(TextNode.valueOf(text), text, style, offset);
    }

    /** @param json null: a number that cannot be used */
    Scalar plain(@Nullable JsonNode json, String written, int offset) {
        spend(written.length(), offset);
        checkSurrogates(written, offset);
        if (json == null) {
            problems.add(
                    offset,
                    "the number " + Excerpt.of(written)
                            + " cannot be used: JSON has no such number, or it has more than"
                            + " 1000 digits; a text needs quotes");
            return new Scalar(NullNode.instance, written, Style.PLAIN, offset);
        }
        return new Scalar(json, written, Style.PLAIN, offset);
    }

    /** @param level 1 for the document itself */
    void checkDepth(int level, int offset) {
        if (level > Budget.DEPTH) {
            throw problems.fatal(offset, "nested more than " + Budget.DEPTH + " levels deep; make it flatter");
        }
    }

    void spend(int characters, int offset) {
        spend(1, characters, offset);
    }

    void spend(int values, int characters, int offset) {
        budget.spend(values, characters);
        if (budget.isExceeded()) {
            throw problems.fatal(
                    offset,
                    "the file holds more than " + Budget.VALUES + " values or " + Budget.CHARACTERS
                            + " characters, counting every alias as what it stands for; make it smaller");
        }
    }

    /** The entries of one mapping; of keys that are there twice the first is kept. */
    final class Entries {

        private final Map<String, Entry> entries = new LinkedHashMap<>();

        void add(String key, int offset, Value value) {
            if (entries.putIfAbsent(key, new Entry(offset, value)) != null) {
                problems.add(offset, "the key " + Excerpt.quoted(key) + " is there twice; take one out");
            }
        }

        Mapping mapping(int offset) {
            return new Mapping(entries, offset);
        }
    }

    private void checkSurrogates(String text, int offset) {
        for (int i = 0; i < text.length(); i++) {
            char c = text.charAt(i);
            if (Character.isSurrogate(c)) {
                if (Character.isHighSurrogate(c)
                        && i + 1 < text.length()
                        && Character.isLowSurrogate(text.charAt(i + 1))) {
                    i++;
                } else {
                    problems.add(offset, "half of a surrogate pair, which is no character; write both halves or none");
                    return;
                }
            }
        }
    }
}
