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

    public static final EventType RUN_QUEUED = new EventType("RUN_QUEUED");
    public static final EventType RUN_STARTED = new EventType("RUN_STARTED");
    public static final EventType RUN_RECOVERED = new EventType("RUN_RECOVERED");
    public static final EventType RUN_SUSPENDED = new EventType("RUN_SUSPENDED");
    public static final EventType RUN_WOKEN = new EventType("RUN_WOKEN");
    public static final EventType RUN_PAUSE_REQUESTED = new EventType("RUN_PAUSE_REQUESTED");
    public static final EventType RUN_UNPAUSED = new EventType("RUN_UNPAUSED");
    public static final EventType RUN_CANCEL_REQUESTED = new EventType("RUN_CANCEL_REQUESTED");
    public static final EventType RUN_SIGNALED = new EventType("RUN_SIGNALED");
    public static final EventType RUN_COMPLETED = new EventType("RUN_COMPLETED");
    public static final EventType RUN_FAILED = new EventType("RUN_FAILED");
    public static final EventType RUN_CANCELED = new EventType("RUN_CANCELED");
    public static final EventType STEP_STARTED = new EventType("STEP_STARTED");
    public static final EventType STEP_ATTEMPT_FAILED = new EventType("STEP_ATTEMPT_FAILED");
    public static final EventType STEP_COMPLETED = new EventType("STEP_COMPLETED");
    public static final EventType STEP_FAILED = new EventType("STEP_FAILED");
    public static final EventType STEP_CANCELED = new EventType("STEP_CANCELED");
    public static final EventType STEP_SKIPPED = new EventType("STEP_SKIPPED");
    public static final EventType LLM_STARTED = new EventType("LLM_STARTED");
    public static final EventType LLM_HEARTBEAT = new EventType("LLM_HEARTBEAT");
    public static final EventType LLM_COMPLETED = new EventType("LLM_COMPLETED");
    public static final EventType LLM_FAILED = new EventType("LLM_FAILED");
    public static final EventType ARTIFACT_CREATED = new EventType("ARTIFACT_CREATED");
    public static final EventType WORKSPACE_CHANGED = new EventType("WORKSPACE_CHANGED");
    public static final EventType LOG = new EventType("LOG");

    public EventType {
        Storable.text("The event type", name);
        if (name.isBlank() || name.length() > MAX_LENGTH) {
            throw new IllegalArgumentException("An event type has 1 to " + MAX_LENGTH + " characters: '" + name + "'");
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
