package dev.agentrunner.core.state;

import dev.agentrunner.spi.model.EventType;
import dev.agentrunner.spi.model.StepId;
import org.jspecify.annotations.Nullable;

/** What an event says, typed. The record's components are the event's payload. */
public sealed interface Fact permits RunFact, StepFact, Note {

    EventType type();

    /** The step it is about, if any; stored beside the payload, not in it. */
    @Nullable StepId step();
}
