package dev.agentrunner.core.execution;

import dev.agentrunner.core.llm.Models;
import dev.agentrunner.llm.ModelSettings;
import java.time.Duration;

/**
 * How executions behave.
 *
 * @param parkGrace how long a run of which every branch waits keeps its thread, in case something happens
 * @param cancelGrace how long a body may go on after it was asked to stop
 * @param maxRecoveries how often a run may be taken over from a dead node before it fails
 * @param models that may be asked
 */
public record Settings(Duration parkGrace, Duration cancelGrace, int maxRecoveries, Models models) {

    public static final Settings DEFAULT =
            new Settings(Duration.ofMillis(20), Duration.ofSeconds(10), 10, new Models(ModelSettings.DEFAULT));
}
