package dev.agentrunner.spi.model;

import org.jspecify.annotations.Nullable;

/** An event about to be appended; the store gives it {@code id}, {@code seq} and {@code createdAt}. */
public record NewEvent(EventType type, @Nullable StepId step, Json payload, Actor actor) {}
