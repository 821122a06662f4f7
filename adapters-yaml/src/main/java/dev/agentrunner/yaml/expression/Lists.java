package dev.agentrunner.yaml.expression;

import com.dashjoin.jsonata.Functions;
import com.dashjoin.jsonata.Utils;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/** Functions on arrays that would grow, or loop for long, unnoticed. */
final class Lists {

    private Lists() {}

    static void add(Builtins.Adding to) {
        to.add("append", "<xx:a>", "append", (meter, given) -> append(meter, given.get(0), given.get(1)));
        to.add("lookup", "<x-s:x>", "lookup", (meter, given) -> Functions.lookup(given.get(0), given.text(1)));
        to.add("spread", "<x-:a<o>>", "spread", (meter, given) -> spread(meter, given.get(0)));
        to.add("zip", "<a+>", "zip", (meter, given) -> zip(meter, given.values()));
        to.add("sort", "<af?:a>", "sort", (meter, given) -> sort(meter, given.list(0), given.get(1)));
        to.add("distinct", "<x:x>", "distinct", (meter, given) -> distinct(meter, given.get(0)));
    }

    private static @Nullable Object append(Meter meter, @Nullable Object one, @Nullable Object other) {
        meter.charge(Meter.surface(one) + Meter.surface(other));
        return Functions.append(one, other);
    }

    private static @Nullable Object spread(Meter meter, @Nullable Object value) {
        if (!(value instanceof List || value instanceof Map)) {
            return value;
        }
        List<Object> result = Utils.createSequence();
        spread(meter, value, result, 0);
        return result;
    }

    private static void spread(Meter meter, @Nullable Object value, List<Object> to, int level) {
        if (value instanceof Map<?, ?> map) {
            meter.charge(6L * Meter.VALUE * map.size());
            map.forEach((key, field) -> {
                Map<Object, Object> single = new LinkedHashMap<>();
                single.put(key, field);
                to.add(single);
            });
        } else if (value instanceof List<?> list && level < Size.LEVELS) {
            list.forEach(element -> spread(meter, element, to, level + 1));
        } else {
            to.add(value);
        }
        meter.tick();
    }

    private static List<Object> zip(Meter meter, List<?> lists) {
        long length = Long.MAX_VALUE;
        for (Object list : lists) {
            length = Math.min(length, list instanceof List<?> elements ? elements.size() : 0);
        }
        List<Object> result = new ArrayList<>();
        for (int i = 0; i < length && !lists.isEmpty(); i++) {
            meter.charge((long) Meter.VALUE * lists.size());
            List<Object> tuple = new ArrayList<>(lists.size());
            for (Object list : lists) {
                tuple.add(((List<?>) list).get(i));
            }
            result.add(tuple);
        }
        return result;
    }

    private static @Nullable List<?> sort(Meter meter, @Nullable List<?> list, @Nullable Object comparator) {
        if (list == null || comparator != null) {
            return Functions.sort(list, comparator);
        }
        List<Object> sorted = new ArrayList<>(list);
        sorted.sort((one, other) -> {
            meter.tick();
            return compare(one, other);
        });
        return sorted;
    }

    private static int compare(@Nullable Object one, @Nullable Object other) {
        if (one instanceof String text && other instanceof String than) {
            return text.compareTo(than);
        }
        if (one instanceof Number number && other instanceof Number than) {
            return number instanceof Long l && than instanceof Long m
                    ? l.compareTo(m)
                    : Double.compare(number.doubleValue(), than.doubleValue());
        }
        throw Failure.of("$sort without a function takes texts only, or numbers only");
    }

    private static @Nullable Object distinct(Meter meter, @Nullable Object value) {
        if (!(value instanceof List<?> list) || list.size() < 2) {
            return value;
        }
        Set<Object> seen = new LinkedHashSet<>();
        for (Object element : list) {
            meter.tick();
            seen.add(element);
        }
        List<Object> result = list instanceof Utils.JList ? Utils.createSequence() : new ArrayList<>();
        result.addAll(seen);
        return result;
    }
}
