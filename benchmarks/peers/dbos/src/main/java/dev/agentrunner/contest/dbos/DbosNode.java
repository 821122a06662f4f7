package dev.agentrunner.contest.dbos;

import dev.agentrunner.contest.Contestant;
import dev.agentrunner.contest.Place;
import dev.agentrunner.contest.Waiting;
import dev.dbos.transact.DBOS;
import dev.dbos.transact.StartWorkflowOptions;
import dev.dbos.transact.workflow.Queue;
import java.sql.SQLException;
import java.util.List;
import java.util.concurrent.CompletionStage;

/**
 * Executes workflows: those of its queue, as many at once as the place says (worker concurrency), looked for once per second,
 * which is its default; and those that are started here, on a thread each (JDK 17: of a pool of 50 per core). Who waits for a
 * run that was started here is woken when its outcome is recorded; for a queued one DBOS asks the database once per second.
 */
final class DbosNode implements Contestant {

    private final DBOS dbos;
    private final Steps steps;
    private final Waiting waiting;
    private final DbosSubmitter submitter;
    private final StartWorkflowOptions options;

    DbosNode(Place place) {
        dbos = new DBOS(DbosEntry.config(place.jdbcUrl(), place.user(), place.password()));
        Queue queue = new Queue(DbosSubmitter.QUEUE).withWorkerConcurrency(place.atOnce());
        dbos.registerQueue(queue);
        steps = dbos.registerProxy(Steps.class, new RecordedSteps(dbos, place));
        options = place.queued() ? new StartWorkflowOptions(queue) : new StartWorkflowOptions();
        waiting = new Waiting(place.atOnce());
        submitter = new DbosSubmitter(place);
    }

    @Override
    public void start() {
        dbos.launch();
    }

    @Override
    public CompletionStage<?> run(String input) {
        return waiting.until(() -> dbos.<String, InterruptedException>startWorkflow(() -> steps.take(input), options)
                .getResult());
    }

    @Override
    public void enqueue(List<String> inputs) {
        submitter.enqueue(inputs);
    }

    @Override
    public long ended() throws SQLException {
        return submitter.ended();
    }

    @Override
    public String grade() {
        return submitter.grade();
    }

    @Override
    public void close() throws SQLException {
        waiting.close();
        submitter.close();
        dbos.shutdown();
    }
}
