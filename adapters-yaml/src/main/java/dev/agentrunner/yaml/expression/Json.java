package dev.agentrunner.yaml.expression;

import com.dashjoin.jsonata.Jsonata;
import java.math.BigDecimal;
import java.math.MathContext;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** Writes a value as JSON, as {@code $string} does. Functions are written as empty texts. */
final class Json {

    private final Meter meter;
    private final boolean pretty;
    private final StringBuilder text = new StringBuilder();

    private Json(Meter meter, boolean pretty) {
        this.meter = meter;
        this.pretty = pretty;
    }

    /** A text is what it is, without quotes. */
    static @Nullable String text(Meter meter, @Nullable Object value, boolean pretty) {
        if (value == null || value instanceof String) {
            return (String) value;
        }
        if (Values.isFunction(value)) {
            return "";
        }
        Json json = new Json(meter, pretty);
        json.write(value, 0);
        return json.text.toString();
    }

    private void write(@Nullable Object value, int level) {
        if (text.length() > Meter.SIZE) {
            throw meter.tooLarge();
        }
        if (level > Size.LEVELS) {
            throw meter.pass("a value in it is nested more than 1000 levels deep");
        }
        if (value instanceof Map<?, ?> map) {
            String comma = "";
            text.append('{');
            for (Map.Entry<?, ?> field : map.entrySet()) {
                text.append(comma);
                line(level + 1);
                quote(String.valueOf(field.getKey()));
                text.append(pretty ? ": " : ":");
                write(field.getValue(), level + 1);
                comma = ",";
            }
            end('}', level, map.isEmpty());
        } else if (value instanceof List<?> list) {
            String comma = "";
            text.append('[');
            for (Object element : list) {
                text.append(comma);
                line(level + 1);
                write(element, level + 1);
                comma = ",";
            }
            end(']', level, list.isEmpty());
        } else {
            scalar(value);
        }
    }

    private void scalar(@Nullable Object value) {
        if (value instanceof String string) {
            quote(string);
        } else if (value instanceof Double number) {
            text.append(number(number));
        } else if (Values.isFunction(value)) {
            text.append("\"\"");
        } else {
            text.append(value == Jsonata.NULL_VALUE ? "null" : value);
        }
    }

    /** With the 15 digits that are sure. */
    private static String number(double number) {
        return number == Math.rint(number) && Math.abs(number) < 1e15
                ? String.valueOf((long) number)
                : new BigDecimal(number, new MathContext(15))
                        .stripTrailingZeros()
                        .toString()
                        .replace("E", "e");
    }

    private void end(char bracket, int level, boolean empty) {
        if (!empty) {
            line(level);
        }
        text.append(bracket);
        meter.tick();
    }

    private void line(int level) {
        if (pretty) {
            text.append('\n').append("  ".repeat(level));
        }
    }

    private void quote(String string) {
        text.append('"');
        for (int i = 0; i < string.length(); i++) {
            char c = string.charAt(i);
            int escape = "\"\\\b\f\n\r\t".indexOf(c);
            if (escape >= 0) {
                text.append('\\').append("\"\\bfnrt".charAt(escape));
            } else if (c < ' ') {
                text.append(String.format("\\u%04x", (int) c));
            } else {
                text.append(c);
            }
        }
        text.append('"');
    }
}
