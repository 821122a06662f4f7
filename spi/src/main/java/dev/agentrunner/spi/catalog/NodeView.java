package dev.agentrunner.spi.catalog;

import dev.agentrunner.spi.model.NodeId;
import java.time.Instant;

/** A node as the store knows it. */
public record NodeView(NodeId id, Instant startedAt, Instant lastHeartbeat, int capacity, int runsHeld) {}
