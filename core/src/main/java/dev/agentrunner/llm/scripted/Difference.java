package dev.agentrunner.llm.scripted;

import com.fasterxml.jackson.databind.JsonNode;
import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;

/** Where two requests differ, for people. */
final class Difference {

    private static final int MOST = 5;
    private static final int LONGEST = 200;

    private final List<String> places = new ArrayList<>();

    private Difference() {}

    /** The places, by JSON pointer; as many as tell enough. */
    static List<String> between(JsonNode expected, JsonNode found) {
        Difference difference = new Difference();
        difference.compare("", expected, found);
        return List.copyOf(difference.places.subList(0, Math.min(MOST, difference.places.size())));
    }

    /** How many places there are. */
    static int count(JsonNode expected, JsonNode found) {
        Difference difference = new Difference();
        difference.compare("", expected, found);
        return difference.places.size();
    }

    private void compare(String at, JsonNode expected, JsonNode found) {
        if (expected.equals(found)) {
            return;
        }
        if (expected.isObject() && found.isObject()) {
            Set<String> fields = new LinkedHashSet<>();
            expected.fieldNames().forEachRemaining(fields::add);
            found.fieldNames().forEachRemaining(fields::add);
            fields.forEach(field -> compare(at + "/" + field, expected.path(field), found.path(field)));
        } else if (expected.isArray() && found.isArray()) {
            for (int i = 0; i < Math.max(expected.size(), found.size()); i++) {
                compare(at + "/" + i, expected.path(i), found.path(i));
            }
        } else {
            places.add(at + ": recorded " + shown(expected) + ", asked " + shown(found));
        }
    }

    private static String shown(JsonNode node) {
        String text = node.isMissingNode() ? "nothing" : node.toString();
        return text.length() <= LONGEST ? text : text.substring(0, LONGEST) + " …";
    }
}
