package dev.agentrunner.spi.catalog;

import org.jspecify.annotations.Nullable;

/**
 * Which part of a list.
 *
 * @param limit 1 to {@value #MAX_LIMIT}
 * @param cursor from the page before; null for the first page
 */
public record PageRequest(int limit, @Nullable String cursor) {

    public static final int MAX_LIMIT = 200;

    public static final PageRequest FIRST = new PageRequest(50, null);

    public PageRequest {
        if (limit < 1 || limit > MAX_LIMIT) {
            throw new IllegalArgumentException("limit is 1 to " + MAX_LIMIT + ", not " + limit);
        }
    }
}
