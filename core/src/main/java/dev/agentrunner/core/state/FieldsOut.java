package dev.agentrunner.core.state;

import dev.agentrunner.spi.model.Blob;
import dev.agentrunner.spi.model.Failure;
import dev.agentrunner.spi.model.Json;
import java.math.BigDecimal;
import java.time.Instant;
import java.util.Collection;
import java.util.Map;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/**
 * Writes the fields of one event payload; absent values are left out. Every event goes through here, so it writes the
 * text itself instead of setting up a generator each time.
 */
final class FieldsOut {

    private static final String HEX = "0123456789abcdef";

    private final StringBuilder out = new StringBuilder(128);
    private boolean first = true;

    private FieldsOut() {}

    static Json json(Consumer<FieldsOut> body) {
        FieldsOut fields = new FieldsOut();
        fields.inObject(body);
        return new Json(fields.out.toString());
    }

    private void inObject(Consumer<FieldsOut> body) {
        out.append('{');
        first = true;
        body.accept(this);
        out.append('}');
        first = false;
    }

    private StringBuilder name(String name) {
        if (!first) {
            out.append(',');
        }
        first = false;
        text(name);
        return out.append(':');
    }

    /** A JSON string. Half a surrogate pair is escaped, because it could not be stored as UTF-8. */
    private void text(String value) {
        out.append('"');
        for (int i = 0; i < value.length(); i++) {
            char c = value.charAt(i);
            if (c == '"' || c == '\\') {
                out.append('\\').append(c);
            } else if (c >= ' ' && !Character.isSurrogate(c)) {
                out.append(c);
            } else if (Character.isHighSurrogate(c)
                    && i + 1 < value.length()
                    && Character.isLowSurrogate(value.charAt(i + 1))) {
                out.append(c).append(value.charAt(++i));
            } else {
                escape(c);
            }
        }
        out.append('"');
    }

    private void escape(char c) {
        switch (c) {
            case '\n' -> out.append("\\n");
            case '\r' -> out.append("\\r");
            case '\t' -> out.append("\\t");
            default -> {
                out.append("\\u");
                for (int shift = 12; shift >= 0; shift -= 4) {
                    out.append(HEX.charAt(c >> shift & 0xF));
                }
            }
        }
    }

    FieldsOut put(String name, @Nullable Object value) {
        if (value != null) {
            name(name);
            text(value.toString());
        }
        return this;
    }

    FieldsOut put(String name, long value) {
        name(name).append(value);
        return this;
    }

    FieldsOut put(String name, @Nullable Long value) {
        return value == null ? this : put(name, value.longValue());
    }

    FieldsOut flag(String name, boolean value) {
        if (value) {
            name(name).append(true);
        }
        return this;
    }

    FieldsOut time(String name, @Nullable Instant value) {
        return put(name, value);
    }

    FieldsOut raw(String name, Json value) {
        name(name).append(value.text());
        return this;
    }

    FieldsOut texts(String name, Collection<String> values) {
        if (!values.isEmpty()) {
            name(name).append('[');
            String comma = "";
            for (String each : values) {
                out.append(comma);
                text(each);
                comma = ",";
            }
            out.append(']');
        }
        return this;
    }

    FieldsOut texts(String name, Map<String, String> values) {
        return object(name, fields -> values.forEach(fields::put));
    }

    FieldsOut value(String name, Value value) {
        Blob stored = value.stored();
        if (stored == null) {
            return raw(name, value.inline() == null ? Json.NULL : value.inline());
        }
        return object(name + "_ref", fields -> fields.blob(stored));
    }

    FieldsOut amount(String name, @Nullable BigDecimal value) {
        if (value != null) {
            name(name).append(value.toPlainString());
        }
        return this;
    }

    FieldsOut object(String name, Consumer<FieldsOut> fields) {
        name(name);
        inObject(fields);
        return this;
    }

    FieldsOut blob(Blob blob) {
        return put("size", blob.size()).put("sha256", blob.sha256()).put("uri", blob.uri());
    }

    FieldsOut failure(Failure failure) {
        return object("failure", fields -> {
            fields.put("kind", failure.kind()).put("message", failure.message());
            fields.name("retryable").append(failure.retryable());
            fields.put("stack_top", failure.stackTop());
        });
    }
}
