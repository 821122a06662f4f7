package dev.agentrunner.contest.runner;

import dev.agentrunner.AgentRunner;
import dev.agentrunner.client.SubmitOptions;
import dev.agentrunner.contest.Contestant;
import dev.agentrunner.contest.Count;
import dev.agentrunner.contest.Place;
import dev.agentrunner.spi.model.RunStatus;
import dev.agentrunner.spi.store.Store;
import dev.agentrunner.workflow.Workflow;
import java.sql.SQLException;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import org.jspecify.annotations.Nullable;

/**
 * Runs of recorded steps. A node with room begins what is submitted to it in the commit that submits it; where runs have to go
 * through the queue, another node of this process submits them, which executes none. SQLite has one node, so it has no such
 * detour there.
 */
final class AgentRunnerContestant implements Contestant {

    private final Place place;
    private final Store store;
    private final Workflow<String, String> workflow;
    private final Count ended;
    private volatile @Nullable AgentRunner node;
    private @Nullable AgentRunner submitter; // guarded by this

    AgentRunnerContestant(Place place) {
        this.place = place;
        this.store = AgentRunnerEntry.store(place);
        this.workflow = Workflow.named("contest", "1")
                .input(String.class)
                .output(String.class)
                .body((run, input) -> {
                    String last = "";
                    for (int i = 0; i < place.steps(); i++) {
                        int at = i;
                        last = run.step(
                                "step", String.class, step -> place.body().run(input, at));
                    }
                    return last;
                });
        this.ended = new Count(place, "select count(*) from ar_runs where status = 'COMPLETED'");
    }

    private AgentRunner node(Store store, int workers) {
        return AgentRunner.builder()
                .store(store)
                .workers(workers)
                .workflow(workflow)
                .build();
    }

    @Override
    public void start() {
        node = node(store, place.executes() ? place.atOnce() : 0);
    }

    private AgentRunner started() {
        AgentRunner here = node;
        if (here == null) {
            throw new IllegalStateException("Not started");
        }
        return here;
    }

    private synchronized AgentRunner submitter() {
        AgentRunner here = submitter;
        if (here == null) {
            boolean detour = place.queued() && place.executes() && !AgentRunnerEntry.oneProcess(place);
            here = detour ? node(AgentRunnerEntry.store(place), 0) : started();
            submitter = here;
        }
        return here;
    }

    @Override
    public CompletionStage<?> run(String input) {
        return submitter()
                .submitAsync(workflow, input, SubmitOptions.DEFAULT)
                .thenCompose(run -> run.ended())
                .thenAccept(status -> {
                    if (status != RunStatus.COMPLETED) {
                        throw new IllegalStateException("A run ended as " + status);
                    }
                });
    }

    /** Submits all without waiting for any in between, so that many share a commit. */
    @Override
    public void enqueue(List<String> inputs) {
        CompletableFuture.allOf(inputs.stream()
                        .map(each -> submitter().submitAsync(workflow, each, SubmitOptions.DEFAULT))
                        .toArray(CompletableFuture<?>[]::new))
                .join();
    }

    @Override
    public long ended() throws SQLException {
        return ended.value();
    }

    @Override
    public String grade() {
        return "every step, before the next one";
    }

    @Override
    public synchronized void close() throws SQLException {
        ended.close();
        AgentRunner here = started();
        if (submitter != null && submitter != here) {
            submitter.close();
        }
        here.close();
    }
}
