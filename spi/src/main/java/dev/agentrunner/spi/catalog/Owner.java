package dev.agentrunner.spi.catalog;

import dev.agentrunner.spi.model.NodeId;
import org.jspecify.annotations.Nullable;

/** Who holds a run, if anybody, and the highest epoch given so far. */
public record Owner(@Nullable NodeId node, long epoch) {}
