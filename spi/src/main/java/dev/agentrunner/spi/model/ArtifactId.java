package dev.agentrunner.spi.model;

import java.util.UUID;

/** Identifies an artifact. Ids are UUIDs of version 7, so their text form sorts by creation time. */
public record ArtifactId(UUID value) {

    /**
     * Parses the 36-character text form.
     *
     * @throws IllegalArgumentException if the text is not a UUID
     */
    public static ArtifactId parse(String text) {
        return new ArtifactId(UUID.fromString(text));
    }

    @Override
    public String toString() {
        return value.toString();
    }
}
