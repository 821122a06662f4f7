package dev.agentrunner.contest.temporal;

import io.temporal.workflow.WorkflowInterface;
import io.temporal.workflow.WorkflowMethod;

/** What Temporal calls a workflow. */
@WorkflowInterface
public interface StepsWorkflow {

    /** So many steps; the last one's result. */
    @WorkflowMethod
    String take(String input, int steps);
}
