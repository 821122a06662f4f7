package dev.agentrunner.spi.model;

import org.jspecify.annotations.Nullable;

/**
 * Why a step or a run failed.
 *
 * @param kind stable, snake_case, such as {@code timeout}, or an exception's class name
 * @param message what happened, for people
 * @param retryable whether another attempt may succeed
 * @param stackTop the first frames of the stack, one per line
 */
public record Failure(
        String kind,
        String message,
        boolean retryable,
        @Nullable String stackTop) {}
