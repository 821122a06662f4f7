package dev.agentrunner.tck.oracle;

/**
 * One operation on a store. Its numbers are choices: a {@link World} turns them into runs, nodes and claims when the
 * operation's turn comes, so that a shortened sequence of operations still makes sense.
 */
public interface Op {

    /** What the coverage counts: such as {@code append as holder}. */
    String kind();

    /** Makes the choices. */
    Move<?> choose(World world);
}
