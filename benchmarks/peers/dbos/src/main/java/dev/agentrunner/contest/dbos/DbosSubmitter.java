package dev.agentrunner.contest.dbos;

import dev.agentrunner.contest.Contestant;
import dev.agentrunner.contest.Count;
import dev.agentrunner.contest.Place;
import dev.agentrunner.contest.Waiting;
import dev.dbos.transact.DBOSClient;
import dev.dbos.transact.DBOSClient.EnqueueOptions;
import dev.dbos.transact.workflow.WorkflowHandle;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import org.jspecify.annotations.Nullable;

/** Queues workflows from outside by DBOS' client, on the client's own pool of 10 connections; it has no call for many of them, so many threads call it. */
final class DbosSubmitter implements Contestant {

    static final String QUEUE = "contest";

    private final Place place;
    private final Waiting waiting;
    private final Count ended;
    private final EnqueueOptions options =
            new EnqueueOptions(Steps.NAME, QUEUE).withClassName(RecordedSteps.class.getName());
    private @Nullable DBOSClient client; // guarded by this

    DbosSubmitter(Place place) {
        this.place = place;
        this.waiting = new Waiting(place.atOnce());
        this.ended = new Count(place, "select count(*) from dbos.workflow_status where status = 'SUCCESS'");
    }

    private synchronized DBOSClient client() {
        DBOSClient here = client;
        if (here == null) {
            here = new DBOSClient(place.jdbcUrl(), place.user(), place.password());
            client = here;
        }
        return here;
    }

    @Override
    public void start() {
        client();
    }

    private WorkflowHandle<String, Exception> queue(String input) {
        return client().enqueueWorkflow(options, new Object[] {input});
    }

    @Override
    public CompletionStage<?> run(String input) {
        return waiting.until(() -> queue(input).getResult());
    }

    @Override
    public void enqueue(List<String> inputs) {
        List<CompletableFuture<?>> all = new ArrayList<>();
        inputs.forEach(each -> all.add(waiting.until(() -> queue(each))));
        CompletableFuture.allOf(all.toArray(CompletableFuture<?>[]::new)).join();
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
        waiting.close();
        ended.close();
        if (client != null) {
            client.close();
        }
    }
}
