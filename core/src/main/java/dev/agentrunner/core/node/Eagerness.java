package dev.agentrunner.core.node;

import dev.agentrunner.core.execution.Kit;
import dev.agentrunner.core.state.Birth;
import dev.agentrunner.core.state.RunHistory;
import dev.agentrunner.spi.model.RunId;
import dev.agentrunner.spi.queue.Claim;

/** A node executes what it is given at once if it has room, knows the workflow, and nothing else waits in line. */
record Eagerness(Executions executions, Dispatcher dispatcher, NodeSettings settings, Kit kit, Registry registry)
        implements Submitter.Eager {

    @Override
    public boolean reserve(RunId run, Birth birth) {
        String queue = birth.spec().slot().queue();
        return dispatcher.isCaughtUp()
                && registry.knows(birth.spec().workflow())
                && settings.queues().stream().noneMatch(limit -> limit.queue().equals(queue))
                && isExpected(run);
    }

    private boolean isExpected(RunId run) {
        boolean reserved = executions.reserve(1) == 1;
        if (reserved) {
            executions.expect(new Claim(run, 1));
        }
        return reserved;
    }

    @Override
    public void begin(Claim claim, RunHistory history) {
        executions.begin(kit, claim, history);
    }

    @Override
    public void release(RunId run) {
        executions.expectNoMore(new Claim(run, 1));
    }
}
