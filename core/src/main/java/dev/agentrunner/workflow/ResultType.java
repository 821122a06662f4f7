package dev.agentrunner.workflow;

import com.fasterxml.jackson.core.type.TypeReference;
import java.lang.reflect.Type;

/**
 * The type that recorded JSON is read back as.
 *
 * @param <T> the type
 */
@SuppressWarnings("UnusedTypeParameter") // it carries the type to where the value is read
public record ResultType<T>(Type type) {

    public static <T> ResultType<T> of(Class<T> type) {
        return new ResultType<>(type);
    }

    /** For generic types: {@code ResultType.of(new TypeReference<List<String>>() {})}. */
    public static <T> ResultType<T> of(TypeReference<T> type) {
        return new ResultType<>(type.getType());
    }
}
