package dev.agentrunner.contest;

/** What a step does, whichever engine runs it. Safe for use by many threads. */
@FunctionalInterface
public interface StepBody {

    /**
     * Called once per step, within it.
     *
     * @param input the input of the run
     * @param step 0 for the first step of the run
     * @return what the step's result is; the engine has to record it
     */
    String run(String input, int step) throws InterruptedException;
}
