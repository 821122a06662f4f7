package dev.agentrunner.core.journal;

import dev.agentrunner.core.state.Fact;
import dev.agentrunner.spi.model.Actor;

/** A fact, and who brought it about. */
record Said(Fact fact, Actor actor) {}
