package dev.agentrunner.jdbc.sql;

import java.util.ArrayList;
import java.util.Collection;
import java.util.List;

/** Cuts a collection into lists that fit into one statement. */
public final class Slices {

    private static final int SIZE = 500;

    private Slices() {}

    /** Without duplicates, in order. */
    public static <T> List<List<T>> of(Collection<T> values) {
        List<T> all = values.stream().distinct().toList();
        List<List<T>> slices = new ArrayList<>();
        for (int from = 0; from < all.size(); from += SIZE) {
            slices.add(all.subList(from, Math.min(all.size(), from + SIZE)));
        }
        return slices;
    }
}
