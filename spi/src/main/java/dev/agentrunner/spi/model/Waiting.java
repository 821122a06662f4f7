package dev.agentrunner.spi.model;

/** Why a run that is RUNNING is not held by any node. Not a status: waiting never changes the status. */
public enum Waiting {
    PAUSED,
    TIMER,
    SIGNAL,
    APPROVAL,
    CHILD,
    RETRY
}
