package dev.agentrunner.spi.model;

/** Identifies one JVM that executes runs; unique over all nodes and all their restarts. */
public record NodeId(String value) {

    public NodeId {
        Storable.text("The node id", value);
        if (value.isBlank() || value.length() > 200) {
            throw new IllegalArgumentException("A node id has 1 to 200 characters: '" + value + "'");
        }
    }

    @Override
    public String toString() {
        return value;
    }
}
