package dev.agentrunner.workflow;

import java.time.Duration;

/**
 * How often a step is tried, and how long to wait in between: {@code backoff * factor^n}, at most {@code
 * maxBackoff}, each shortened at random by up to the {@code jitter} part of it.
 *
 * <p>Only attempts that failed count. One that was cut short, because its node died or was closed, neither failed nor
 * succeeded: another one follows whatever the policy says, unless {@link StepOptions.OnInterruption} says otherwise. How
 * often a run may lose its node to a crash is bounded by the runner's {@code maxRecoveries} alone.
 *
 * @param maxAttempts how many attempts may fail; 1 means no retry
 * @param factor 1.0 or more
 * @param jitter 0.0 (none) to 1.0
 */
public record RetryPolicy(int maxAttempts, Duration backoff, double factor, Duration maxBackoff, double jitter) {

    /** One attempt. */
    public static final RetryPolicy NONE = new RetryPolicy(1, Duration.ZERO, 1, Duration.ZERO, 0);

    public RetryPolicy {
        if (maxAttempts < 1
                || backoff.isNegative()
                || !(factor >= 1)
                || maxBackoff.isNegative()
                || !(jitter >= 0 && jitter <= 1)) {
            throw new IllegalArgumentException("Not a retry policy: " + maxAttempts + " attempts, backoff " + backoff
                    + " times " + factor + " up to " + maxBackoff + ", jitter " + jitter);
        }
    }

    /** So many attempts, waiting 1 s, 2 s, 4 s … up to a minute, shortened at random by up to half. */
    public static RetryPolicy attempts(int maxAttempts) {
        return new RetryPolicy(maxAttempts, Duration.ofSeconds(1), 2, Duration.ofMinutes(1), 0.5);
    }

    public RetryPolicy backoff(Duration first) {
        return new RetryPolicy(
                maxAttempts, first, factor, maxBackoff.compareTo(first) < 0 ? first : maxBackoff, jitter);
    }

    public RetryPolicy maxBackoff(Duration longest) {
        return new RetryPolicy(maxAttempts, backoff, factor, longest, jitter);
    }

    public RetryPolicy jitter(double part) {
        return new RetryPolicy(maxAttempts, backoff, factor, maxBackoff, part);
    }

    /**
     * How long to wait after the n-th failure.
     *
     * @param failures 1 or more
     * @param random from 0.0 (inclusive) to 1.0 (exclusive)
     */
    public Duration delay(int failures, double random) {
        double millis =
                Math.min((double) backoff.toMillis() * Math.pow(factor, failures - 1), (double) maxBackoff.toMillis());
        return Duration.ofMillis(Math.round(millis * (1 - jitter * random)));
    }
}
