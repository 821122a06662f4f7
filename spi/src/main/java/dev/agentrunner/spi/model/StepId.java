package dev.agentrunner.spi.model;

/**
 * Identifies a step within its run: scope path, name and occurrence, for example {@code
 * check[0]/verify#2}. The same code over the same recorded results yields the same ids.
 */
public record StepId(String value) {

    /** The longest accepted id, in characters. */
    public static final int MAX_LENGTH = 1_000;

    public StepId {
        Storable.text("The step id", value);
        if (value.isBlank() || value.length() > MAX_LENGTH) {
            throw new IllegalArgumentException(
                    "A step id has 1 to " + MAX_LENGTH + " characters, not " + value.length());
        }
    }

    @Override
    public String toString() {
        return value;
    }
}
