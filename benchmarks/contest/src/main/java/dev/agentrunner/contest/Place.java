package dev.agentrunner.contest;

/**
 * Where an engine works, and how.
 *
 * @param jdbcUrl a database of its own, with the schema that {@link Entry#migrate} made
 * @param atOnce how many runs execute at once, at most
 * @param executes whether this node executes runs; else it submits them only
 * @param queued whether runs go through the engine's queue, as they must when another node executes them; else they may begin
 *     where they are submitted
 * @param steps steps of each run, one after the other
 * @param body what each of them does
 */
public record Place(
        String jdbcUrl,
        String user,
        String password,
        int atOnce,
        boolean executes,
        boolean queued,
        int steps,
        StepBody body) {}
