package dev.agentrunner.yaml.expression;

import com.dashjoin.jsonata.Functions;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Locale;
import java.util.StringJoiner;
import org.jspecify.annotations.Nullable;

/** Functions on texts that would grow or loop for long unnoticed, or depend on the machine. */
final class Texts {

    /** Coding takes several times the length. */
    private static final int CODED = 1 << 20;

    private static final String UNRESERVED = "-_.!~*'()";
    private static final String RESERVED = ";/?:@&=+$,#";

    private Texts() {}

    static void add(Builtins.Adding to) {
        to.add(
                "string",
                "<x-b?:s>",
                "string",
                (meter, given) -> Json.text(meter, given.get(0), Boolean.TRUE.equals(given.get(1))));
        to.add(
                "substring",
                "<s-nn?:s>",
                "substring",
                (meter, given) -> substring(given.text(0), given.count(1), given.count(2)));
        to.add("lowercase", "<s-:s>", "lowercase", (meter, given) -> {
            String text = given.text(0);
            return text == null ? null : text.toLowerCase(Locale.ROOT);
        });
        to.add("uppercase", "<s-:s>", "uppercase", (meter, given) -> {
            String text = given.text(0);
            return text == null ? null : text.toUpperCase(Locale.ROOT);
        });
        to.add("length", "<s-:n>", "length", null);
        to.add("trim", "<s-:s>", "trim", null);
        to.add("pad", "<s-ns?:s>", "pad", (meter, given) -> pad(meter, given.text(0), given.count(1), given.text(2)));
        to.add("join", "<a<s>s?:s>", "join", (meter, given) -> join(meter, given.list(0), given.text(1)));
        to.add("encodeUrl", "<s-:s>", "encodeUrl", (meter, given) -> encoded(meter, given.text(0), RESERVED));
        to.add(
                "encodeUrlComponent",
                "<s-:s>",
                "encodeUrlComponent",
                (meter, given) -> encoded(meter, given.text(0), ""));
        coded(to, "decodeUrl", given -> Functions.decodeUrl(given));
        coded(to, "decodeUrlComponent", given -> Functions.decodeUrlComponent(given));
        coded(to, "base64encode", given -> Functions.base64encode(given));
        coded(to, "base64decode", given -> Functions.base64decode(given));
    }

    private interface Coding {
        @Nullable String code(String text);
    }

    private static void coded(Builtins.Adding to, String name, Coding coding) {
        to.add(name, "<s-:s>", name, (meter, given) -> {
            String text = given.text(0);
            return text == null ? null : coding.code(codable(meter, text));
        });
    }

    private static String codable(Meter meter, String text) {
        if (text.length() > CODED) {
            throw meter.pass("it encodes or decodes a text of more than 1 MiB");
        }
        return text;
    }

    /** Counts characters, not what Java stores of them. */
    private static @Nullable String substring(
            @Nullable String text, @Nullable Integer start, @Nullable Integer length) {
        if (text == null || start == null) {
            return text;
        }
        int all = text.codePointCount(0, text.length());
        int from = Math.min(all, start < 0 ? Math.max(0, all + start) : start);
        int to = length == null ? all : (int) Math.min(all, from + (long) Math.max(0, length));
        int begin = text.offsetByCodePoints(0, from);
        return text.substring(begin, text.offsetByCodePoints(begin, to - from));
    }

    private static @Nullable String pad(
            Meter meter, @Nullable String text, @Nullable Integer width, @Nullable String with) {
        if (text == null || width == null) {
            return text;
        }
        int[] pattern =
                (with == null || with.isEmpty() ? " " : with).codePoints().toArray();
        long missing = Math.abs((long) width) - text.codePointCount(0, text.length());
        if (missing <= 0) {
            return text;
        }
        meter.chargeText(2 * missing + text.length());
        StringBuilder padding = new StringBuilder();
        for (int i = 0; i < missing; i++) {
            padding.appendCodePoint(pattern[i % pattern.length]);
        }
        return width < 0
                ? padding.append(text).toString()
                : padding.insert(0, text).toString();
    }

    private static @Nullable String join(Meter meter, @Nullable List<?> texts, @Nullable String separator) {
        if (texts == null) {
            return null;
        }
        String between = separator == null ? "" : separator;
        long length = 0;
        for (Object text : texts) {
            if (!(text instanceof String part)) {
                throw Failure.of("$join takes texts only");
            }
            length += part.length() + between.length();
        }
        meter.chargeText(length);
        StringJoiner joined = new StringJoiner(between);
        texts.forEach(text -> joined.add((String) text));
        return joined.toString();
    }

    /** Percent-encodes all but letters, digits, a few signs and those that are kept. */
    private static @Nullable String encoded(Meter meter, @Nullable String text, String kept) {
        if (text == null) {
            return null;
        }
        StringBuilder url = new StringBuilder();
        for (byte b : codable(meter, text).getBytes(StandardCharsets.UTF_8)) {
            char c = (char) (b & 0xff);
            boolean letter = (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z') || (c >= '0' && c <= '9');
            if (letter || UNRESERVED.indexOf(c) >= 0 || kept.indexOf(c) >= 0) {
                url.append(c);
            } else {
                url.append('%').append(Character.toUpperCase(Character.forDigit(c >> 4, 16)));
                url.append(Character.toUpperCase(Character.forDigit(c & 15, 16)));
            }
        }
        return url.toString();
    }
}
