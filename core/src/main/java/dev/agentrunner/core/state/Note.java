package dev.agentrunner.core.state;

import dev.agentrunner.spi.model.ArtifactRow;
import dev.agentrunner.spi.model.EventType;
import dev.agentrunner.spi.model.Json;
import dev.agentrunner.spi.model.StepId;
import org.jspecify.annotations.Nullable;

/** Facts that change neither run nor step: they tell. */
public sealed interface Note extends Fact permits LlmNote, WorkspaceNote, Note.ArtifactCreated, Note.Log, Note.Other {

    record ArtifactCreated(ArtifactRow artifact) implements Note {
        @Override
        public EventType type() {
            return EventType.ARTIFACT_CREATED;
        }

        @Override
        public @Nullable StepId step() {
            return artifact.step();
        }
    }

    record Log(@Nullable StepId step, String level, String message) implements Note {
        @Override
        public EventType type() {
            return EventType.LOG;
        }
    }

    /** Anything else: custom events, and types that a newer version wrote. */
    record Other(EventType type, @Nullable StepId step, Json payload) implements Note {
        public Other {
            // Told as a note it would pass the transition tables, and be bound by them when read back.
            if (FactCodec.isKnown(type)) {
                throw new IllegalArgumentException(
                        type + " is an event type of the engine; a workflow's own start with x.");
            }
        }
    }
}
