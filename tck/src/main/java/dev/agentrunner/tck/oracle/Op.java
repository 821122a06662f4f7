package dev.agentrunner.tck.oracle;

/**
 * One operation on a store. Its numbers are choices: the oracle turns them into runs, nodes and claims when the
 * operation's turn comes, so that a shortened sequence of operations still makes sense.
 */
public final class Op {

    private final Plan plan;

    Op(Plan plan) {
        this.plan = plan;
    }

    Plan plan() {
        return plan;
    }

    /** For the report of a difference. */
    @Override
    public String toString() {
        return plan.toString();
    }
}
