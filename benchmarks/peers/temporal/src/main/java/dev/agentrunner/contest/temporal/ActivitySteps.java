package dev.agentrunner.contest.temporal;

import io.temporal.activity.ActivityOptions;
import io.temporal.workflow.Workflow;
import java.time.Duration;

/** One activity per step. */
public final class ActivitySteps implements StepsWorkflow {

    private final StepActivity activity = Workflow.newActivityStub(
            StepActivity.class,
            ActivityOptions.newBuilder()
                    .setStartToCloseTimeout(Duration.ofMinutes(10))
                    .build());

    @Override
    public String take(String input, int steps) {
        String last = "";
        for (int i = 0; i < steps; i++) {
            last = activity.step(input, i);
        }
        return last;
    }
}
