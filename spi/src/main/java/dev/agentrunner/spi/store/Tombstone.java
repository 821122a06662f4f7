package dev.agentrunner.spi.store;

import dev.agentrunner.spi.model.RunId;
import dev.agentrunner.spi.model.RunStatus;
import dev.agentrunner.spi.model.WorkflowRef;
import java.time.Instant;

/** What is left of a purged run. */
public record Tombstone(
        RunId run, WorkflowRef workflow, RunStatus status, long lastSeq, Instant finishedAt, Instant purgedAt) {}
