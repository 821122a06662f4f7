package dev.agentrunner.jdbc.postgres;

import dev.agentrunner.spi.model.RunId;
import java.time.Instant;
import java.util.HashMap;
import java.util.HashSet;
import java.util.Map;
import java.util.Set;

/** What a batch needs to know about the rows that it touches, read while their runs are locked. */
final class Known {

    final Map<RunId, RunImage> runs = new HashMap<>();
    final Map<String, RunId> keys = new HashMap<>();

    /** Steps that were looked for; those found are in {@link #steps}. */
    final Set<StepKey> readSteps;

    final Map<StepKey, StepImage> steps = new HashMap<>();
    final Set<ArtifactKey> artifacts = new HashSet<>();
    Instant now = Instant.EPOCH;
    String transaction = "";

    Known(Set<StepKey> readSteps) {
        this.readSteps = readSteps;
    }
}
