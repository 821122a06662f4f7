package dev.agentrunner.core.journal;

import dev.agentrunner.core.state.Birth;
import dev.agentrunner.core.state.Fact;
import dev.agentrunner.core.state.RunFact;
import dev.agentrunner.core.state.RunHistory;
import dev.agentrunner.core.state.Terms;
import dev.agentrunner.memory.InMemoryStore;
import dev.agentrunner.spi.log.Fence;
import dev.agentrunner.spi.model.Actor;
import dev.agentrunner.spi.model.Event;
import dev.agentrunner.spi.model.Json;
import dev.agentrunner.spi.model.Lineage;
import dev.agentrunner.spi.model.NodeId;
import dev.agentrunner.spi.model.QueueSlot;
import dev.agentrunner.spi.model.RunId;
import dev.agentrunner.spi.model.RunSpec;
import dev.agentrunner.spi.model.WorkflowRef;
import dev.agentrunner.spi.queue.Claim;
import dev.agentrunner.tck.fault.FaultyStore;
import java.util.List;
import java.util.Map;

/** A run that a node executes, without an execution: its store, its journal, and time that passes by hand. */
final class Executing implements AutoCloseable {

    static final RunId RUN = RunId.parse("01890000-0000-7000-8000-000000000001");
    static final NodeId NODE = new NodeId("n1");
    static final Actor ACTOR = new Actor("user:ada");

    final InMemoryStore store = new InMemoryStore();
    /** The store as the journal reaches it. */
    final FaultyStore reached = new FaultyStore(store);

    final HandDrivenTimer timer = new HandDrivenTimer();
    final Background background = new Background(Runnable::run, timer);
    final Journal journal;

    /** The journal has seen how the run was started, and hears nothing of what others write from now on. */
    Executing() {
        Birth birth = new Birth(
                new RunSpec(new WorkflowRef("greet", "1"), QueueSlot.DEFAULT, null, Map.of(), Lineage.NONE, null),
                Json.EMPTY,
                7,
                Terms.NONE,
                null);
        RunHistory history = new RunHistory();
        List<Fact> facts = List.of(new RunFact.Queued(birth), new RunFact.Started(NODE, 1));
        store.log()
                .append(Draft.of(RUN, Fence.createClaimed(birth.spec(), NODE), ACTOR, history, facts))
                .join();
        journal = new Journal(reached.log(), background, new Tenancy(NODE, new Claim(RUN, 1)), history, () -> {});
    }

    /** The types of the events after RUN_STARTED. */
    List<String> written() {
        return store.log().read(RUN, 2, 100).stream()
                .map(Event::type)
                .map(Object::toString)
                .toList();
    }

    @Override
    public void close() {
        timer.shutdownNow();
        store.close();
    }
}
