package dev.agentrunner.spi.catalog;

import java.time.Instant;
import org.jspecify.annotations.Nullable;

/**
 * When things happened: the time of the event that did it.
 *
 * @param created of the first event
 * @param started when the status left QUEUED or PENDING for RUNNING, also when the same commit took it on
 *     to COMPLETED or FAILED; null if it never ran
 * @param finished when the status became terminal
 */
public record Times(
        Instant created,
        @Nullable Instant started,
        @Nullable Instant finished) {}
