package dev.agentrunner.core.state;

import org.jspecify.annotations.Nullable;

/** A request to cancel; {@code force} gives running steps no grace. */
public record Cancel(@Nullable String reason, boolean force) {}
