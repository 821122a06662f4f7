package dev.agentrunner.spi.model;

import org.jspecify.annotations.Nullable;

/**
 * Where a run comes from.
 *
 * @param parent the run whose step started this one
 * @param forkedFrom the finished run whose recorded results this one began with
 */
public record Lineage(@Nullable RunId parent, @Nullable RunId forkedFrom) {

    /** A run that was submitted from outside. */
    public static final Lineage NONE = new Lineage(null, null);
}
