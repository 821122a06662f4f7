package dev.agentrunner.tck.oracle;

/** What an {@link Op} is to do. */
interface Plan {

    /** What the coverage counts: such as {@code append as holder}. */
    String kind();

    /** Makes the choices. */
    Move<?> choose(World world);
}
