package dev.agentrunner.http.request;

import dev.agentrunner.http.problem.Kind;
import dev.agentrunner.http.problem.Problem;
import java.net.URLDecoder;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.time.OffsetDateTime;
import java.time.format.DateTimeParseException;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/** The query of a request. Immutable. */
public final class Query {

    private static final int MAX_LIMIT = 200;
    private static final int DEFAULT_LIMIT = 50;

    private final Map<String, List<String>> values;

    private Query(Map<String, List<String>> values) {
        this.values = values;
    }

    /**
     * Takes what stands behind the question mark.
     *
     * @throws Problem if it cannot be decoded
     */
    public static Query of(@Nullable String raw) {
        Map<String, List<String>> values = new LinkedHashMap<>();
        if (raw != null && !raw.isEmpty()) {
            for (String part : raw.split("&")) {
                int equals = part.indexOf('=');
                String name = decoded(equals < 0 ? part : part.substring(0, equals));
                String value = equals < 0 ? "" : decoded(part.substring(equals + 1));
                if (!name.isEmpty() || !value.isEmpty()) {
                    values.computeIfAbsent(name, key -> new ArrayList<>()).add(value);
                }
            }
        }
        return new Query(values);
    }

    private static String decoded(String text) {
        String value;
        try {
            value = URLDecoder.decode(text, StandardCharsets.UTF_8);
        } catch (IllegalArgumentException e) {
            throw Problem.of(
                    Kind.BAD_REQUEST, "The query is not URL-encoded: it has a % without two hexadecimal digits");
        }
        if (value.indexOf(0) >= 0 || value.indexOf('\uFFFD') >= 0) {
            throw Problem.of(Kind.BAD_REQUEST, "The query has a character that cannot be: NUL, or what is not UTF-8");
        }
        return value;
    }

    /** Refuses all parameters but these, and those that are given twice without being {@code repeatable}. */
    public Query only(Set<String> known, Set<String> repeatable) {
        values.forEach((name, all) -> {
            if (!known.contains(name) && !repeatable.contains(name)) {
                String names = Stream.concat(known.stream(), repeatable.stream())
                        .sorted()
                        .collect(Collectors.joining(", "));
                String hint = names.isEmpty() ? "this call takes none" : "known are " + names;
                throw Problem.at(Kind.UNKNOWN_PARAMETER, "?" + name, "there is no such parameter; " + hint);
            }
            if (all.size() > 1 && !repeatable.contains(name)) {
                throw invalid(name, "this may be given once only");
            }
        });
        return this;
    }

    public Query only(String... known) {
        return only(Set.of(known), Set.of());
    }

    public static Problem invalid(String name, String detail) {
        return Problem.at(Kind.INVALID_PARAMETER, "?" + name, detail);
    }

    /** The value; null if it is absent or empty. */
    public @Nullable String text(String name) {
        List<String> all = values.get(name);
        return all == null || all.get(0).isEmpty() ? null : all.get(0);
    }

    public List<String> texts(String name) {
        return values.getOrDefault(name, List.of());
    }

    /** A whole number in the given bounds. */
    public @Nullable Long number(String name, long least, long most) {
        List<String> all = values.get(name);
        if (all == null) {
            return null;
        }
        Long number = number(all.get(0));
        if (number != null && number >= least && number <= most) {
            return number;
        }
        String bound = most == Long.MAX_VALUE ? "from " + least : "from " + least + " to " + most;
        throw invalid(name, "this is a whole number " + bound);
    }

    /** The number that a text is; null if it is none, or a negative one. */
    public static @Nullable Long number(String text) {
        return text.matches("[0-9]{1,18}") ? Long.parseLong(text) : null;
    }

    /** How many items a page has. */
    public int limit() {
        Long limit = number("limit", 1, MAX_LIMIT);
        return limit == null ? DEFAULT_LIMIT : limit.intValue();
    }

    public @Nullable Instant time(String name) {
        String text = text(name);
        if (text == null) {
            return null;
        }
        try {
            // A plus sign that was not encoded has become a blank.
            return OffsetDateTime.parse(text.replace(' ', '+')).toInstant();
        } catch (DateTimeParseException e) {
            throw invalid(name, "this is a time such as 2026-05-01T12:00:00Z");
        }
    }

    /** Of a set of words. */
    public String word(String name, String otherwise, Set<String> words) {
        String text = text(name);
        if (text != null && !words.contains(text)) {
            throw invalid(name, "this is one of " + words.stream().sorted().collect(Collectors.joining(", ")));
        }
        return text == null ? otherwise : text;
    }

    public boolean has(String name) {
        return values.containsKey(name);
    }
}
