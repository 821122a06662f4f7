package dev.agentrunner.jdbc.postgres;

import dev.agentrunner.spi.model.RunId;
import dev.agentrunner.spi.model.StepId;

/** Names a step over all runs. */
record StepKey(RunId run, StepId step) {}
