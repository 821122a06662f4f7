package dev.agentrunner.jdbc.postgres;

import dev.agentrunner.spi.model.ArtifactId;
import dev.agentrunner.spi.model.RunId;

/** Names an artifact over all runs. */
record ArtifactKey(RunId run, ArtifactId artifact) {}
