package dev.agentrunner.yaml.expression;

import com.dashjoin.jsonata.Functions;
import com.dashjoin.jsonata.Jsonata;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** A function of the language that keeps to the limits of the evaluation that calls it. */
final class Builtin extends Jsonata.JFunction {

    private final @Nullable Body body;

    /** What it does. */
    interface Body {

        /**
         * Gives its value.
         *
         * @param arguments missing ones at the end are left out; a missing value is null
         */
        @Nullable Object call(Meter meter, Arguments arguments) throws Throwable;
    }

    /**
     * @param method of {@link Functions}, which says how many arguments there are
     * @param body null: that method
     */
    Builtin(String name, String signature, String method, @Nullable Body body) {
        super(name, signature, Functions.class, null, method);
        this.body = body;
    }

    @Override
    @SuppressWarnings({"rawtypes", "unchecked"})
    public @Nullable Object call(@Nullable Object input, List arguments) {
        Meter meter = Meter.current();
        meter.tick();
        Object result = body == null ? super.call(input, arguments) : called(body, meter, new Arguments(arguments));
        meter.charge(Meter.surface(result));
        return result;
    }

    private static @Nullable Object called(Body body, Meter meter, Arguments arguments) {
        try {
            return body.call(meter, arguments);
        } catch (RuntimeException | Error e) {
            throw e;
        } catch (Throwable e) {
            throw new IllegalStateException(e);
        }
    }

    /** What a function is called with. */
    record Arguments(List<?> values) {

        @Nullable Object get(int index) {
            return index < values.size() ? values.get(index) : null;
        }

        @Nullable String text(int index) {
            Object value = get(index);
            if (value == null || value instanceof String) {
                return (String) value;
            }
            throw Failure.of("argument " + (index + 1) + " of a function is not the text that it should be");
        }

        @Nullable Number number(int index) {
            Object value = get(index);
            if (value == null || value instanceof Number) {
                return (Number) value;
            }
            throw Failure.of("argument " + (index + 1) + " of a function is not the number that it should be");
        }

        /** As many as an int can say. */
        @Nullable Integer count(int index) {
            Number number = number(index);
            return number == null ? null : (int) Math.floor(number.doubleValue());
        }

        /** A value that is no array counts as an array of one. */
        @Nullable List<?> list(int index) {
            Object value = get(index);
            return value == null ? null : value instanceof List<?> list ? list : List.of(value);
        }
    }
}
