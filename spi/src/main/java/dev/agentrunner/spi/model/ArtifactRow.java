package dev.agentrunner.spi.model;

import org.jspecify.annotations.Nullable;

/**
 * Metadata of a named output of a run. The name is data of any length: it never becomes a path.
 *
 * @param step the step that made it, if any
 * @param kind the workflow's own classification, such as {@code document}
 */
public record ArtifactRow(ArtifactId id, @Nullable StepId step, String name, String kind, String mediaType, Blob blob) {

    public ArtifactRow {
        Storable.text("The artifact's name", name);
        Storable.text("The artifact's kind", kind);
        Storable.text("The artifact's media type", mediaType);
    }
}
