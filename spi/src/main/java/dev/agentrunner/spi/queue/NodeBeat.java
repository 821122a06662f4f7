package dev.agentrunner.spi.queue;

import dev.agentrunner.spi.model.NodeId;

/** A sign of life: who, and how many runs it can execute at once. */
public record NodeBeat(NodeId node, int capacity) {}
