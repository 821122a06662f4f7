package dev.agentrunner.core.execution;

/** Why an execution should end; a later constant overrides an earlier one. */
enum Stop {
    /** Nothing is left to do until something happens. */
    WAIT,
    /** Somebody asked to pause. */
    PAUSE,
    /** The node goes down. */
    DRAIN,
    /** The run's deadline has passed. */
    DEADLINE,
    /** Somebody asked to cancel. */
    CANCEL,
    /** The run is over, or not ours any more. */
    ENDED;

    /** Whether bodies of steps should stop too, instead of being left to finish. */
    boolean reachesBodies() {
        return this == DEADLINE || this == CANCEL || this == ENDED;
    }
}
