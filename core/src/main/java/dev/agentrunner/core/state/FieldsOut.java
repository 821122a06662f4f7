package dev.agentrunner.core.state;

import com.fasterxml.jackson.core.JsonFactory;
import com.fasterxml.jackson.core.JsonGenerator;
import com.fasterxml.jackson.core.util.JsonRecyclerPools;
import dev.agentrunner.spi.model.Blob;
import dev.agentrunner.spi.model.Failure;
import dev.agentrunner.spi.model.Json;
import java.io.IOException;
import java.io.StringWriter;
import java.io.UncheckedIOException;
import java.math.BigDecimal;
import java.time.Instant;
import java.util.Collection;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** Writes the fields of one event payload; absent values are left out. */
final class FieldsOut {

    private static final JsonFactory FACTORY = JsonFactory.builder()
            .recyclerPool(JsonRecyclerPools.newConcurrentDequePool())
            .build();

    private final StringWriter text = new StringWriter(128);
    private final JsonGenerator out;

    private FieldsOut() throws IOException {
        out = FACTORY.createGenerator(text);
    }

    /** Something that writes fields and may fail as writing to memory may: not at all. */
    interface Body {
        void write(FieldsOut out) throws IOException;
    }

    static Json json(Body body) {
        try {
            FieldsOut fields = new FieldsOut();
            fields.out.writeStartObject();
            body.write(fields);
            fields.out.writeEndObject();
            fields.out.close();
            return new Json(fields.text.toString());
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    FieldsOut put(String name, @Nullable Object value) throws IOException {
        if (value != null) {
            out.writeStringField(name, value.toString());
        }
        return this;
    }

    FieldsOut put(String name, long value) throws IOException {
        out.writeNumberField(name, value);
        return this;
    }

    FieldsOut put(String name, @Nullable Long value) throws IOException {
        return value == null ? this : put(name, value.longValue());
    }

    FieldsOut flag(String name, boolean value) throws IOException {
        if (value) {
            out.writeBooleanField(name, true);
        }
        return this;
    }

    FieldsOut time(String name, @Nullable Instant value) throws IOException {
        return put(name, value);
    }

    FieldsOut raw(String name, Json value) throws IOException {
        out.writeFieldName(name);
        out.writeRawValue(value.text());
        return this;
    }

    FieldsOut texts(String name, Collection<String> values) throws IOException {
        if (!values.isEmpty()) {
            out.writeArrayFieldStart(name);
            for (String each : values) {
                out.writeString(each);
            }
            out.writeEndArray();
        }
        return this;
    }

    FieldsOut texts(String name, Map<String, String> values) throws IOException {
        out.writeObjectFieldStart(name);
        for (Map.Entry<String, String> each : values.entrySet()) {
            out.writeStringField(each.getKey(), each.getValue());
        }
        out.writeEndObject();
        return this;
    }

    FieldsOut value(String name, Value value) throws IOException {
        Blob stored = value.stored();
        if (stored == null) {
            return raw(name, value.inline() == null ? Json.NULL : value.inline());
        }
        out.writeObjectFieldStart(name + "_ref");
        blob(stored);
        out.writeEndObject();
        return this;
    }

    FieldsOut amount(String name, @Nullable BigDecimal value) throws IOException {
        if (value != null) {
            out.writeFieldName(name);
            out.writeNumber(value.toPlainString());
        }
        return this;
    }

    FieldsOut object(String name, Body fields) throws IOException {
        out.writeObjectFieldStart(name);
        fields.write(this);
        out.writeEndObject();
        return this;
    }

    FieldsOut blob(Blob blob) throws IOException {
        return put("size", blob.size()).put("sha256", blob.sha256()).put("uri", blob.uri());
    }

    FieldsOut failure(Failure failure) throws IOException {
        out.writeObjectFieldStart("failure");
        put("kind", failure.kind()).put("message", failure.message());
        out.writeBooleanField("retryable", failure.retryable());
        put("stack_top", failure.stackTop());
        out.writeEndObject();
        return this;
    }
}
