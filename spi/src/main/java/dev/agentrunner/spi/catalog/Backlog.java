package dev.agentrunner.spi.catalog;

import java.time.Instant;

/**
 * The runs of a queue that could be claimed now: ready and held by no node.
 *
 * @param ready how many, at least 1
 * @param oldest since when the one is ready that waits longest
 */
public record Backlog(String queue, long ready, Instant oldest) {}
