package dev.agentrunner.core.node;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.agentrunner.client.UnknownRunException;
import dev.agentrunner.core.journal.Background;
import dev.agentrunner.core.journal.Draft;
import dev.agentrunner.core.state.Birth;
import dev.agentrunner.core.state.Fact;
import dev.agentrunner.core.state.RunFact;
import dev.agentrunner.core.state.RunHistory;
import dev.agentrunner.core.state.Terms;
import dev.agentrunner.memory.InMemoryStore;
import dev.agentrunner.spi.error.StoreClosedException;
import dev.agentrunner.spi.log.AppendOutcome;
import dev.agentrunner.spi.log.Fence;
import dev.agentrunner.spi.model.Actor;
import dev.agentrunner.spi.model.Json;
import dev.agentrunner.spi.model.Lineage;
import dev.agentrunner.spi.model.QueueSlot;
import dev.agentrunner.spi.model.RunId;
import dev.agentrunner.spi.model.RunSpec;
import dev.agentrunner.spi.model.WorkflowRef;
import dev.agentrunner.tck.fault.FaultyStore;
import dev.agentrunner.tck.fixture.Ids;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ScheduledThreadPoolExecutor;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

@Timeout(30)
class OutcomesTest {

    private static final RunFact END = new RunFact.Canceled("done");

    private final FaultyStore store = new FaultyStore(new InMemoryStore());
    private final ScheduledThreadPoolExecutor timer = new ScheduledThreadPoolExecutor(1);
    private final Watchers watchers = new Watchers();
    private final List<RunId> executing = new ArrayList<>();
    private final Outcomes outcomes =
            new Outcomes(store.log(), new Background(Runnable::run, timer), watchers, executing::contains);
    private final RunId run = Ids.run();
    private final RunHistory history = new RunHistory();

    @AfterEach
    void close() {
        timer.shutdownNow();
        store.close();
    }

    private void begin() {
        RunSpec spec = new RunSpec(new WorkflowRef("w", "1"), QueueSlot.DEFAULT, null, Map.of(), Lineage.NONE, null);
        write(Fence.create(spec), List.of(new RunFact.Queued(new Birth(spec, Json.EMPTY, 0, Terms.NONE, null))));
    }

    private void write(Fence fence, List<Fact> facts) {
        assertThat(store.log()
                        .append(Draft.of(run, fence, Actor.SYSTEM, history, facts))
                        .join())
                .isInstanceOf(AppendOutcome.Appended.class);
    }

    private void end() {
        write(Fence.outside(), List.of(END));
    }

    @Test
    void how_a_run_ended_is_told_whenever_somebody_asks() {
        begin();
        end();
        assertThat(outcomes.of(run).join()).isEqualTo(END);
        assertThat(outcomes.of(run).join()).isEqualTo(END);
    }

    @Test
    void who_waits_is_told_once_the_run_has_ended() {
        begin();
        CompletableFuture<RunFact> one = outcomes.of(run);
        CompletableFuture<RunFact> other = outcomes.of(run);
        watchers.changed(run);
        assertThat(one).isNotDone();
        end();
        watchers.changed(run);
        assertThat(one.join()).isEqualTo(END);
        assertThat(other.join()).isEqualTo(END);
    }

    @Test
    void an_end_is_found_behind_however_many_events() {
        begin();
        List<Fact> many = new ArrayList<>();
        for (int i = 0; i < 225; i++) {
            many.add(new RunFact.PauseRequested(null));
            many.add(new RunFact.Unpaused(null));
        }
        write(Fence.outside(), many);
        end();
        assertThat(outcomes.of(run).join()).isEqualTo(END);
    }

    @Test
    void a_run_that_is_executed_here_is_not_read_before_its_end_is_told() {
        begin();
        executing.add(run);
        CompletableFuture<RunFact> outcome = outcomes.of(run);
        end();
        watchers.changed(run);
        assertThat(outcome).isNotDone();
        outcomes.ended(run, END);
        assertThat(outcome.join()).isEqualTo(END);
        outcomes.ended(run, END);
    }

    @Test
    void an_unknown_run_has_no_outcome() {
        assertThatThrownBy(outcomes.of(run)::join).hasCauseInstanceOf(UnknownRunException.class);
    }

    @Test
    void an_outage_is_waited_for() throws Exception {
        begin();
        end();
        store.breakDown();
        CompletableFuture<RunFact> outcome = outcomes.of(run);
        assertThat(outcome).isNotDone();
        store.recover();
        assertThat(outcome.get(20, TimeUnit.SECONDS)).isEqualTo(END);
    }

    @Test
    void when_the_store_closes_nobody_waits_any_more() {
        begin();
        CompletableFuture<RunFact> before = outcomes.of(run);
        outcomes.close("a store");
        assertThatThrownBy(before::join).hasCauseInstanceOf(StoreClosedException.class);
        assertThatThrownBy(outcomes.of(run)::join).hasCauseInstanceOf(StoreClosedException.class);
    }

    @Test
    void who_gives_up_takes_nothing_from_others_who_wait() {
        begin();
        CompletableFuture<RunFact> impatient = outcomes.of(run);
        CompletableFuture<RunFact> patient = outcomes.of(run);
        impatient.cancel(true);
        end();
        watchers.changed(run);
        assertThat(patient.join()).isEqualTo(END);
    }
}
