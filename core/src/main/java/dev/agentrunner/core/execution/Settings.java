package dev.agentrunner.core.execution;

import dev.agentrunner.core.llm.Models;
import dev.agentrunner.llm.ModelSettings;
import dev.agentrunner.spi.workspace.Workspaces;
import java.time.Duration;
import org.jspecify.annotations.Nullable;

/**
 * How executions behave.
 *
 * @param parkGrace how long a run of which every branch waits keeps its thread, in case something happens
 * @param cancelGrace how long a body may go on after it was asked to stop
 * @param maxRecoveries how often a run may be taken over from a dead node before it fails
 * @param models that may be asked
 * @param workspaces where runs have their directories; null: nowhere
 */
public record Settings(
        Duration parkGrace,
        Duration cancelGrace,
        int maxRecoveries,
        Models models,
        @Nullable Workspaces workspaces) {

    public static final Settings DEFAULT =
            new Settings(Duration.ofMillis(20), Duration.ofSeconds(10), 10, new Models(ModelSettings.DEFAULT), null);

    public Settings cancelGrace(Duration grace) {
        return new Settings(parkGrace, grace, maxRecoveries, models, workspaces);
    }

    public Settings maxRecoveries(int times) {
        return new Settings(parkGrace, cancelGrace, times, models, workspaces);
    }

    public Settings models(Models those) {
        return new Settings(parkGrace, cancelGrace, maxRecoveries, those, workspaces);
    }

    public Settings workspaces(Workspaces where) {
        return new Settings(parkGrace, cancelGrace, maxRecoveries, models, where);
    }
}
