package dev.agentrunner.core.journal;

import static org.assertj.core.api.Assertions.assertThat;

import dev.agentrunner.core.state.Birth;
import dev.agentrunner.core.state.Fact;
import dev.agentrunner.core.state.OutsideCommand;
import dev.agentrunner.core.state.RunFact;
import dev.agentrunner.core.state.RunHistory;
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
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.Executors;
import java.util.concurrent.ScheduledExecutorService;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

/** Commands to a run that this node executes, while others write to it as well. */
class CommanderTest {

    private static final RunId RUN = RunId.parse("01890000-0000-7000-8000-000000000001");
    private static final NodeId NODE = new NodeId("n1");
    private static final Actor ACTOR = new Actor("user:ada");
    private static final Birth BIRTH = new Birth(
            new RunSpec(new WorkflowRef("greet", "1"), QueueSlot.DEFAULT, null, Map.of(), Lineage.NONE, null),
            Json.EMPTY,
            7,
            null,
            null);

    private final InMemoryStore store = new InMemoryStore();
    private final ScheduledExecutorService timer = Executors.newSingleThreadScheduledExecutor();
    private final Journal journal = executing();
    private final Commander elsewhere = new Commander(store.log(), run -> Optional.empty());
    private final Commander here = new Commander(store.log(), run -> Optional.of(journal));

    @AfterEach
    void close() {
        timer.shutdownNow();
        store.close();
    }

    /** A journal that has seen how the run was started, and nothing of what others write from now on. */
    private Journal executing() {
        RunHistory history = new RunHistory();
        List<Fact> facts = List.of(new RunFact.Queued(BIRTH), new RunFact.Started(NODE, 1));
        store.log()
                .append(Draft.of(RUN, Fence.createClaimed(BIRTH.spec(), NODE), ACTOR, history, facts))
                .join();
        return new Journal(
                store.log(),
                new Background(Runnable::run, timer),
                new Tenancy(NODE, new Claim(RUN, 1)),
                history,
                () -> {});
    }

    private List<String> written() {
        return store.log().read(RUN, 2, 10).stream()
                .map(Event::type)
                .map(Object::toString)
                .toList();
    }

    @Test
    void what_others_have_written_is_taken_back_though_the_journal_has_not_heard_of_it() {
        elsewhere.execute(RUN, new OutsideCommand.Pause(null), ACTOR);
        RunHistory after = here.execute(RUN, new OutsideCommand.Unpause(null), ACTOR);
        assertThat(after.run().pauseRequested()).isFalse();
        assertThat(written()).containsExactly("RUN_PAUSE_REQUESTED", "RUN_UNPAUSED");
    }

    @Test
    void a_command_goes_through_the_journal_after_it_was_in_the_way() {
        elsewhere.execute(RUN, new OutsideCommand.Signal("go", Json.EMPTY), ACTOR);
        here.execute(RUN, new OutsideCommand.Pause(null), ACTOR);
        here.execute(RUN, new OutsideCommand.Pause(null), ACTOR);
        assertThat(written()).containsExactly("RUN_SIGNALED", "RUN_PAUSE_REQUESTED");
        assertThat(journal.<Boolean>view(history -> history.run().pauseRequested()))
                .isTrue();
    }
}
