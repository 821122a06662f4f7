package dev.agentrunner.contest.temporal;

import io.temporal.activity.ActivityInterface;

/** What Temporal calls an activity. */
@ActivityInterface
public interface StepActivity {

    /** A step of a run; its result. */
    String step(String input, int at);
}
