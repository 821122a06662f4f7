package dev.agentrunner.spi.model;

/** Who caused an event: {@code worker:<node>}, {@code user:<principal>} or {@code system}. */
public record Actor(String value) {

    /** The engine itself, outside any run's execution. */
    public static final Actor SYSTEM = new Actor("system");

    public Actor {
        Storable.text("The actor", value);
        if (value.isBlank() || value.length() > 300) {
            throw new IllegalArgumentException("An actor has 1 to 300 characters: '" + value + "'");
        }
    }

    /** A node that executes a run. */
    public static Actor worker(NodeId node) {
        return new Actor("worker:" + node.value());
    }

    /** A person or program outside. */
    public static Actor user(String principal) {
        return new Actor("user:" + principal);
    }

    @Override
    public String toString() {
        return value;
    }
}
