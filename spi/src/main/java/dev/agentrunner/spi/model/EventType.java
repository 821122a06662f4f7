package dev.agentrunner.spi.model;

/**
 * The type of an event: one of the names of the event catalogue, or a workflow's own name starting
 * with {@code x.}. Stores treat it as an opaque text of at most {@value #MAX_LENGTH} characters.
 */
public record EventType(String name) {

  /** The longest accepted name, in characters. */
  public static final int MAX_LENGTH = 100;

  /** What every workflow-defined type starts with. */
  public static final String CUSTOM_PREFIX = "x.";

  public EventType {
    if (name.isBlank() || name.length() > MAX_LENGTH) {
      throw new IllegalArgumentException(
          "An event type has 1 to " + MAX_LENGTH + " characters: '" + name + "'");
    }
  }

  /** Whether a workflow defined this type. */
  public boolean isCustom() {
    return name.startsWith(CUSTOM_PREFIX);
  }

  @Override
  public String toString() {
    return name;
  }
}
