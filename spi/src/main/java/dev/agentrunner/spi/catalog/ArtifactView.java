package dev.agentrunner.spi.catalog;

import dev.agentrunner.spi.model.ArtifactRow;
import dev.agentrunner.spi.model.RunId;
import java.time.Instant;

/** An artifact that can be read back (INV-10). */
public record ArtifactView(RunId run, ArtifactRow artifact, Instant createdAt) {}
