package dev.agentrunner.spi.queue;

import dev.agentrunner.spi.model.RunId;

/** A node's right to execute a run until the run's epoch is no longer this one. */
public record Claim(RunId run, long epoch) {}
