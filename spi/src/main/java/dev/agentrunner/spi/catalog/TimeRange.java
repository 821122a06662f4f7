package dev.agentrunner.spi.catalog;

import java.time.Instant;
import org.jspecify.annotations.Nullable;

/** From {@code after} (exclusive) until {@code before} (exclusive); null is open. */
public record TimeRange(@Nullable Instant after, @Nullable Instant before) {

    public static final TimeRange ALL = new TimeRange(null, null);
}
