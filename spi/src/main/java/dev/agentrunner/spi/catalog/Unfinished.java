package dev.agentrunner.spi.catalog;

import dev.agentrunner.spi.model.RunStatus;
import dev.agentrunner.spi.model.Waiting;
import dev.agentrunner.spi.model.WorkflowRef;
import org.jspecify.annotations.Nullable;

/**
 * How many runs are alike in this.
 *
 * @param runs at least 1
 */
public record Unfinished(
        WorkflowRef workflow, RunStatus status, @Nullable Waiting waiting, long runs) {}
