package dev.agentrunner.core.node;

import dev.agentrunner.core.execution.Kit;
import dev.agentrunner.core.state.Birth;
import dev.agentrunner.core.state.RunHistory;
import dev.agentrunner.spi.model.RunId;
import dev.agentrunner.spi.queue.Claim;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** A node executes what it is given at once if it has room, knows the workflow, and nothing else waits in line. */
record Eagerness(Executions executions, Dispatcher dispatcher, NodeSettings settings, Kit kit, Registry registry)
        implements Submitter.Eager {

    private static final Logger LOG = LoggerFactory.getLogger(Eagerness.class);

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
        try {
            executions.begin(kit, claim, history);
        } catch (RuntimeException e) {
            // It is durable all the same, and begins once this node is seen to hold it.
            release(claim.run());
            LOG.error("Run {} cannot be executed yet", claim.run(), e);
        }
    }

    @Override
    public void release(RunId run) {
        executions.expectNoMore(new Claim(run, 1));
        dispatcher.roomFreed();
    }
}
