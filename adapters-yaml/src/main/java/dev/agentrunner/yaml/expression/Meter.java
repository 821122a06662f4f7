package dev.agentrunner.yaml.expression;

import com.dashjoin.jsonata.Jsonata;
import com.dashjoin.jsonata.Parser.Symbol;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/**
 * Counts what one evaluation uses and ends it at the limits. The evaluator calls it before and after each node; functions
 * call it where they loop or allocate. Belongs to the thread that evaluates.
 *
 * <p>Sizes are in units: 1 for a character, {@link #VALUE} for a value. Whatever a node has made is measured with all
 * that is in it, as often as it is in it, before anything else can use it. So whoever walks over a value, as an equality
 * does, has an end.
 */
final class Meter implements Jsonata.EntryCallback, Jsonata.ExitCallback {

    static final Duration TIME = Duration.ofSeconds(1);
    static final int DEPTH = 200;
    static final long SIZE = 16 << 20;
    static final int VALUE = 16;

    /** Of everything that is made on the way, thrown away or not. */
    private static final long TOTAL = 4 * SIZE;

    private static final int FIELD = 3 * VALUE;
    private static final int CLOSURE = 512;
    private static final int REFERENCE = 8;
    private static final int TUPLE = 160;
    private static final int GROUPED_TUPLE = 3200;
    private static final ThreadLocal<Meter> CURRENT = new ThreadLocal<>();

    private final Marks marks;
    private final long begin = System.nanoTime();
    private final int[] open = new int[DEPTH + 1];
    private final int[] parts = new int[DEPTH + 1];
    private int depth;
    private long made;
    private @Nullable Failure passed;

    Meter(Marks marks) {
        this.marks = marks;
    }

    /** That of the evaluation on this thread. */
    static Meter current() {
        return Objects.requireNonNull(CURRENT.get(), "nothing is evaluated on this thread");
    }

    void start() {
        CURRENT.set(this);
    }

    void stop() {
        CURRENT.remove();
    }

    /** The limit that was passed, even if somebody on the way has swallowed it. */
    @Nullable Failure passed() {
        return passed;
    }

    /** Ends the evaluation if its time is over. */
    void tick() {
        if (passed != null) {
            throw passed;
        }
        if (System.nanoTime() - begin > TIME.toNanos()) {
            throw pass("it takes more than 1 s");
        }
    }

    /** Ends the evaluation if it makes too much. */
    void charge(long units) {
        made += units;
        if (made > TOTAL) {
            throw pass("it makes more than 64 MiB of values on the way");
        }
    }

    /** For a text of this length, before it is made. */
    void chargeText(long length) {
        if (length > SIZE) {
            throw tooLarge();
        }
        charge(length);
    }

    Failure tooLarge() {
        return pass("a value in it is larger than 16 MiB");
    }

    Failure pass(String what) {
        Failure failure = passed;
        if (failure == null) {
            failure = Failure.limit(what);
            passed = failure;
        }
        return failure;
    }

    @Override
    public void callback(Symbol node, @Nullable Object input, Jsonata.Frame frame) {
        tick();
        if (++depth > DEPTH) {
            throw pass("it is nested more than " + DEPTH + " levels deep");
        }
        int mark = marks.of(node);
        open[depth] = mark;
        parts[depth] = 0;
        parts[depth - 1]++;
        if ((mark & Marks.WALKS) != 0) {
            walk(input);
        }
    }

    @Override
    public void callback(Symbol node, @Nullable Object input, Jsonata.Frame frame, @Nullable Object result) {
        tick();
        int mark = open[depth--];
        if (result == null) {
            return;
        }
        int above = open[depth];
        if ((above & Marks.CALLS) != 0 && parts[depth] == 1 && !Values.isFunction(result)) {
            throw Failure.of("it calls what is no function. The names of functions begin with a $");
        }
        boolean gives = mark == Marks.GIVES;
        if (result instanceof List<?> list && (above & (Marks.CALLS | Marks.TAKES)) == 0 && depth > 0) {
            charge((long) list.size() * copies(mark, above));
        }
        if (!gives && result instanceof Symbol made && !made.thunk) {
            charge(CLOSURE);
        }
        if (!gives && !(result instanceof String && (mark & Marks.TAKES) == 0)) {
            charge(surface(result));
        }
        boolean view = result instanceof ObjectView || result instanceof ArrayView;
        if ((above & Marks.TAKES) != 0 || (!gives && !view)) {
            measure(result);
        }
    }

    /** What a list costs when the path that it belongs to puts its elements into another one. */
    private static int copies(int mark, int above) {
        if ((mark & Marks.TUPLES) == 0) {
            return REFERENCE;
        }
        return (above & Marks.GROUPS) == 0 ? TUPLE : GROUPED_TUPLE;
    }

    /** Wildcards walk over their context, and copy what they have found for each list that they meet. */
    private void walk(@Nullable Object input) {
        if (!(input instanceof Map || input instanceof List)) {
            return;
        }
        charge(new Size(this).of(input));
        Iterable<?> children = input instanceof Map<?, ?> map ? map.values() : (List<?>) input;
        long lists = 0;
        long elements = 0;
        for (Object child : children) {
            elements++;
            if (child instanceof List<?> list) {
                lists++;
                elements += list.size();
            }
        }
        if (lists * elements > 200_000_000L) {
            throw pass("a wildcard in it meets too much");
        }
    }

    /** Ends the evaluation if a value with all that is in it has more than {@link #SIZE} units. */
    void measure(@Nullable Object value) {
        if (value instanceof String text) {
            if (text.length() > SIZE) {
                throw tooLarge();
            }
        } else if (value instanceof Map || value instanceof List) {
            new Size(this).of(value);
        }
    }

    /** Units of what was made anew for a value: not of what it refers to. */
    static long surface(@Nullable Object value) {
        if (value instanceof String text) {
            return text.length();
        }
        if (value instanceof Map<?, ?> map) {
            return value instanceof ObjectView ? 0 : VALUE + (long) FIELD * map.size();
        }
        if (value instanceof List<?> list) {
            return value instanceof ArrayView ? 0 : VALUE + (long) VALUE * list.size();
        }
        return 0;
    }
}
