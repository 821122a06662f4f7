package dev.agentrunner.spi.model;

import java.util.UUID;

/**
 * Identifies a run. Ids are UUIDs of version 7, so their text form sorts by creation time.
 *
 * <p>Ordering is that of the text form: {@link UUID#compareTo} is signed and must not be used.
 */
public record RunId(UUID value) implements Comparable<RunId> {

    /**
     * Parses the 36-character text form.
     *
     * @throws IllegalArgumentException if the text is not a UUID in lower-case canonical form
     */
    public static RunId parse(String text) {
        UUID value = UUID.fromString(text);
        if (!value.toString().equals(text)) {
            throw new IllegalArgumentException("Not a run id: " + text);
        }
        return new RunId(value);
    }

    @Override
    public int compareTo(RunId other) {
        int high = Long.compareUnsigned(value.getMostSignificantBits(), other.value.getMostSignificantBits());
        return high != 0
                ? high
                : Long.compareUnsigned(value.getLeastSignificantBits(), other.value.getLeastSignificantBits());
    }

    @Override
    public String toString() {
        return value.toString();
    }
}
