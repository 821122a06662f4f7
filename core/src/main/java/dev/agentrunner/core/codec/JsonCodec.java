package dev.agentrunner.core.codec;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.DeserializationFeature;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.ObjectReader;
import com.fasterxml.jackson.databind.SerializationFeature;
import com.fasterxml.jackson.databind.json.JsonMapper;
import com.fasterxml.jackson.datatype.jsr310.JavaTimeModule;
import dev.agentrunner.spi.model.Json;
import dev.agentrunner.workflow.ResultType;
import dev.agentrunner.workflow.TerminalFailureException;
import java.lang.reflect.Type;
import java.util.List;
import java.util.concurrent.ConcurrentHashMap;
import org.jspecify.annotations.Nullable;

/** Java values to JSON and back, by Jackson. Thread-safe. */
public final class JsonCodec {

    private final ObjectMapper mapper;
    private final Secrets secrets;
    private final ConcurrentHashMap<Type, ObjectReader> readers = new ConcurrentHashMap<>();
    /** Types do not change, and each submission asks for all of them. */
    private final ConcurrentHashMap<Type, Json> schemas = new ConcurrentHashMap<>();

    public JsonCodec(ObjectMapper mapper, Secrets secrets) {
        this.mapper = mapper;
        this.secrets = secrets;
    }

    /** What is never written. */
    public Secrets secrets() {
        return secrets;
    }

    /** The mapper that is used when the application brings none: ISO times, unknown fields ignored. */
    public static ObjectMapper defaultMapper() {
        return JsonMapper.builder()
                .addModule(new JavaTimeModule())
                .disable(SerializationFeature.WRITE_DATES_AS_TIMESTAMPS)
                .disable(DeserializationFeature.FAIL_ON_UNKNOWN_PROPERTIES)
                .build();
    }

    /**
     * Writes a value without the secrets in it.
     *
     * @throws TerminalFailureException if Jackson cannot write it
     */
    public Json write(@Nullable Object value) {
        return secrets.redact(writeAsGiven(value));
    }

    /** Writes a value as it is: a run's input, which its workflow needs with all secrets. */
    public Json writeAsGiven(@Nullable Object value) {
        if (value instanceof Json json) {
            return checked(json);
        }
        try {
            return new Json(mapper.writeValueAsString(value));
        } catch (JsonProcessingException e) {
            throw new TerminalFailureException(
                    "A value of " + (value == null ? "null" : value.getClass()) + " cannot be written as JSON: "
                            + e.getOriginalMessage() + ". Give it a type that Jackson can write",
                    e);
        }
    }

    /** A text that is no JSON would make the event unreadable that holds it, and the run with it. */
    private static Json checked(Json json) {
        try {
            json.tree();
            return json;
        } catch (IllegalArgumentException e) {
            throw new TerminalFailureException("A Json value holds text that is not JSON: " + e.getMessage(), e);
        }
    }

    /**
     * Reads a value; JSON {@code null} gives null.
     *
     * @throws TerminalFailureException if Jackson cannot read it as that type
     */
    @SuppressWarnings({"unchecked", "TypeParameterUnusedInFormals", "NullAway"})
    public <T> T read(Json json, ResultType<T> type) {
        if (type.type() == Json.class) {
            return (T) json;
        }
        try {
            return (T) readers.computeIfAbsent(type.type(), this::reader).readValue(json.text());
        } catch (JsonProcessingException e) {
            throw new TerminalFailureException(
                    "Recorded JSON cannot be read as " + type.type().getTypeName() + ": " + e.getOriginalMessage(), e);
        }
    }

    private ObjectReader reader(Type type) {
        return mapper.readerFor(mapper.constructType(type));
    }

    /** The JSON Schema of a type. */
    public Json schema(ResultType<?> type) {
        return schemas.computeIfAbsent(
                type.type(),
                each -> new Json(
                        new Schemas(mapper).of(mapper.constructType(each)).toString()));
    }

    /** The type of lists of this type. */
    public <T> ResultType<List<T>> listOf(ResultType<T> type) {
        return new ResultType<>(
                mapper.getTypeFactory().constructCollectionType(List.class, mapper.constructType(type.type())));
    }
}
