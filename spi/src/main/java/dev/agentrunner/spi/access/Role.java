package dev.agentrunner.spi.access;

/** What the holder of a key may do; each role may do all that those before it may. */
public enum Role {
    /** Looks. */
    VIEWER,
    /** Also submits runs and commands them. */
    OPERATOR,
    /** Also purges runs and gives out keys. */
    ADMIN;

    /** Whether this role may do what the other one may. */
    public boolean includes(Role other) {
        return compareTo(other) >= 0;
    }
}
