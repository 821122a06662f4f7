package dev.agentrunner.yaml.expression;

import com.dashjoin.jsonata.Functions;
import com.dashjoin.jsonata.Utils;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/** Functions that look for something in a text, for as long as the evaluation may take. */
final class Searches {

    /** Comparisons that are done before the next look at the clock. */
    private static final long COMPARISONS = 50_000_000L;

    private Searches() {}

    static void add(Builtins.Adding to) {
        to.add("contains", "<s-(sf):b>", "contains", (meter, given) -> {
            String text = given.text(0);
            return text == null ? null : new Found(meter, text, given.get(1)).next();
        });
        to.add("substringBefore", "<s-s:s>", "substringBefore", (meter, given) -> {
            String text = given.text(0);
            int at = text == null ? -1 : find(meter, text, given.text(1), 0);
            return at < 0 || text == null ? text : text.substring(0, at);
        });
        to.add("substringAfter", "<s-s:s>", "substringAfter", (meter, given) -> {
            String text = given.text(0);
            String after = given.text(1);
            int at = text == null ? -1 : find(meter, text, after, 0);
            return at < 0 || text == null || after == null ? text : text.substring(at + after.length());
        });
        to.add("match", "<s-f<s:o>n?:a<o>>", "match", (meter, given) -> {
            String text = given.text(0);
            return text == null ? null : match(new Found(meter, text, given.get(1)), limit(given.count(2)), meter);
        });
        to.add("split", "<s-(sf)n?:a<s>>", "split", (meter, given) -> {
            String text = given.text(0);
            return text == null ? null : split(meter, text, given.get(1), limit(given.count(2)));
        });
        to.add("replace", "<s-(sf)(sf)n?:s>", "replace", (meter, given) -> {
            String text = given.text(0);
            return text == null ? null : replace(meter, text, given, limit(given.count(3)));
        });
    }

    private static int limit(@Nullable Integer limit) {
        if (limit != null && limit < 0) {
            throw Failure.of("the limit of a search is negative");
        }
        return limit == null ? Integer.MAX_VALUE : limit;
    }

    /** As {@link String#indexOf(String, int)}, with looks at the clock; a missing word is not found. */
    static int find(Meter meter, String text, @Nullable String word, int from) {
        if (word == null) {
            return -1;
        }
        int step = (int) Math.max(1, COMPARISONS / Math.max(1, word.length()));
        for (int at = from; at <= text.length() - word.length(); ) {
            meter.tick();
            int end = (int) Math.min(text.length(), (long) at + step + word.length() - 1);
            if (end == text.length()) {
                return text.indexOf(word, at);
            }
            int found = text.substring(at, end).indexOf(word);
            if (found >= 0) {
                return at + found;
            }
            at += step;
        }
        return -1;
    }

    private static List<Object> match(Found found, int limit, Meter meter) {
        List<Object> result = Utils.createSequence();
        for (int i = 0; i < limit && found.next(); i++) {
            meter.charge(8L * Meter.VALUE + found.end - found.begin);
            Map<String, Object> match = new LinkedHashMap<>();
            match.put("match", found.text());
            match.put("index", found.begin);
            match.put("groups", found.groups());
            result.add(match);
        }
        return result;
    }

    private static List<Object> split(Meter meter, String text, @Nullable Object separator, int limit) {
        List<Object> parts = new ArrayList<>();
        if ("".equals(separator)) {
            for (int at = 0; at < text.length() && parts.size() < limit; at = text.offsetByCodePoints(at, 1)) {
                meter.charge(Meter.VALUE);
                parts.add(text.substring(at, text.offsetByCodePoints(at, 1)));
            }
            return parts;
        }
        Found found = new Found(meter, text, separator);
        int begin = 0;
        while (parts.size() < limit && found.next()) {
            meter.charge(Meter.VALUE + (long) found.begin - begin);
            parts.add(text.substring(begin, found.begin));
            begin = found.end;
        }
        if (parts.size() < limit) {
            parts.add(text.substring(begin));
        }
        return parts;
    }

    private static String replace(Meter meter, String text, Builtin.Arguments given, int limit) throws Throwable {
        Object pattern = given.get(1);
        Object with = given.get(2);
        if ("".equals(pattern)) {
            throw Failure.of("$replace cannot look for an empty text");
        }
        Found found = new Found(meter, text, pattern);
        StringBuilder result = new StringBuilder();
        int begin = 0;
        for (int i = 0; i < limit && found.next(); i++) {
            result.append(text, begin, found.begin);
            if (!(with instanceof String replacement)) {
                result.append(replaced(found, with));
            } else if (pattern instanceof String) {
                result.append(replacement);
            } else {
                found.expand(replacement, result);
            }
            begin = found.end;
            if (result.length() > Meter.SIZE) {
                throw meter.tooLarge();
            }
        }
        return result.append(text, begin, text.length()).toString();
    }

    private static String replaced(Found found, @Nullable Object function) throws Throwable {
        if (!Values.isFunction(function) || function instanceof Pattern) {
            throw Failure.of("$replace takes a text or a function to replace with");
        }
        Map<String, Object> match = new LinkedHashMap<>();
        match.put("match", found.text());
        match.put("start", found.begin);
        match.put("end", found.end);
        match.put("groups", found.groups());
        if (Functions.funcApply(function, List.of(match)) instanceof String text) {
            return text;
        }
        throw Failure.of("the function given to $replace gave no text");
    }

    /** The places where a text or a regular expression occurs, one after the other. */
    private static final class Found {

        private final Meter meter;
        private final String text;
        private final @Nullable String word;
        private final @Nullable Matcher matcher;
        private int begin;
        private int end;

        Found(Meter meter, String text, @Nullable Object what) {
            this.meter = meter;
            this.text = text;
            word = what instanceof String string ? string : null;
            matcher = what instanceof Pattern pattern ? pattern.matcher(new WatchedText(text, meter)) : null;
            if (word == null && matcher == null) {
                throw Failure.of("a search takes a text or a regular expression to look for");
            }
        }

        boolean next() {
            meter.tick();
            if (matcher != null) {
                boolean found = matcher.find();
                begin = found ? matcher.start() : text.length();
                end = found ? matcher.end() : text.length();
                return found;
            }
            begin = find(meter, text, word, end);
            end = begin + String.valueOf(word).length();
            return begin >= 0;
        }

        String text() {
            return text.substring(begin, end);
        }

        List<@Nullable Object> groups() {
            List<@Nullable Object> groups = new ArrayList<>();
            for (int i = 1; matcher != null && i <= matcher.groupCount(); i++) {
                groups.add(matcher.group(i));
            }
            return groups;
        }

        /** {@code $$} is a dollar sign, {@code $0} the match, {@code $1} and so on a group, of as many digits as there are groups. */
        void expand(String replacement, StringBuilder to) {
            List<@Nullable Object> groups = groups();
            int i = 0;
            while (i < replacement.length()) {
                char c = replacement.charAt(i++);
                char next = i < replacement.length() ? replacement.charAt(i) : ' ';
                if (c != '$' || (next != '$' && !isDigit(next))) {
                    to.append(c);
                    continue;
                }
                i++;
                if (next == '$') {
                    to.append('$');
                    continue;
                }
                int group = next - '0';
                while (i < replacement.length()
                        && isDigit(replacement.charAt(i))
                        && group > 0
                        && group * 10 + replacement.charAt(i) - '0' <= groups.size()) {
                    group = group * 10 + replacement.charAt(i++) - '0';
                }
                Object value = group == 0 ? text() : group <= groups.size() ? groups.get(group - 1) : null;
                to.append(value == null ? "" : value);
            }
        }

        private static boolean isDigit(char c) {
            return c >= '0' && c <= '9';
        }
    }
}
