package dev.agentrunner.contest.dbos;

import dev.dbos.transact.workflow.Workflow;

/** What DBOS calls a workflow; what makes the proxy wants a public interface. */
public interface Steps {

    String NAME = "steps";

    /** All steps of a run; the last one's result. */
    @Workflow(name = NAME)
    String take(String input) throws InterruptedException;
}
