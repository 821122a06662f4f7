package dev.agentrunner.core.node;

import dev.agentrunner.client.UnknownRunException;
import dev.agentrunner.core.execution.Family;
import dev.agentrunner.core.journal.Durable;
import dev.agentrunner.core.journal.RefusedException;
import dev.agentrunner.core.state.Birth;
import dev.agentrunner.core.state.IllegalHistoryException;
import dev.agentrunner.core.state.OutsideCommand;
import dev.agentrunner.core.state.RunHistory;
import dev.agentrunner.core.state.Terms;
import dev.agentrunner.spi.model.Actor;
import dev.agentrunner.spi.model.Json;
import dev.agentrunner.spi.model.Lineage;
import dev.agentrunner.spi.model.QueueSlot;
import dev.agentrunner.spi.model.RunId;
import dev.agentrunner.spi.model.RunSpec;
import dev.agentrunner.spi.model.WorkflowRef;
import dev.agentrunner.workflow.Workflow;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Other runs, as an execution on this node sees them. */
record Relatives(Node node) implements Family {

    private static final Logger LOG = LoggerFactory.getLogger(Relatives.class);

    @Override
    public void ensure(RunId run, Child child, Json input) {
        Workflow<?, ?> workflow = node.registry().checked(child.workflow(), input);
        RunSpec spec = new RunSpec(
                child.workflow(), QueueSlot.DEFAULT, null, Map.of(), new Lineage(child.parent(), null), null);
        Instant deadline =
                child.timeout() == null ? null : node.kit().clock().instant().plus(child.timeout());
        Terms terms = Terms.until(deadline)
                .depth(child.depth())
                .definition(workflow == null ? null : Registry.definition(workflow));
        Birth birth = new Birth(spec, input, node.kit().ids().seed(), terms, null);
        Durable.await(node.submit(run, birth, List.of(), Actor.worker(node.id())));
    }

    @Override
    public WorkflowRef newest(String workflow) {
        return node.registry().newest(workflow);
    }

    @Override
    public Optional<RunHistory> history(RunId run) {
        return node.commander().history(run);
    }

    @Override
    public void cancel(RunId run, String reason) {
        try {
            node.commander().execute(run, new OutsideCommand.RequestCancel(reason, false), Actor.SYSTEM);
        } catch (RefusedException | UnknownRunException e) {
            // It has ended by itself, or was never created: nothing is left to cancel.
            return;
        } catch (IllegalHistoryException | IllegalArgumentException e) {
            LOG.error("Child {} cannot be read by this node, and was not canceled with its parent", run, e);
        }
    }

    @Override
    public Watch watch(RunId run, Runnable changed) {
        return node.watchers().watch(run, changed);
    }
}
