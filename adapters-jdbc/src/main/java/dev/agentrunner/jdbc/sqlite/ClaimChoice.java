package dev.agentrunner.jdbc.sqlite;

import dev.agentrunner.spi.model.WorkflowRef;
import dev.agentrunner.spi.queue.ClaimRequest;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.List;

/** Chooses the runs that a claim gets: from each lane as many as could be taken, and then the first of all. */
final class ClaimChoice {

    private final ReadyScan scan;
    private final ClaimRequest request;
    private final QueueRooms rooms;
    private final long now;

    ClaimChoice(Session session, ClaimRequest request, long now) throws SQLException {
        this.scan = new ReadyScan(session);
        this.request = request;
        this.rooms = new QueueRooms(session, request.limits(), now);
        this.now = now;
    }

    List<ReadyRun> runs() throws SQLException {
        List<ReadyRun> candidates = new ArrayList<>();
        for (WorkflowRef workflow : request.workflows()) {
            for (String queue : scan.queues(workflow)) {
                candidates.addAll(of(new ReadyLane(workflow, queue, true)));
                candidates.addAll(of(new ReadyLane(workflow, queue, false)));
            }
        }
        candidates.sort(ReadyRun.CLAIM_ORDER);
        List<ReadyRun> chosen = new ArrayList<>();
        for (ReadyRun run : candidates) {
            if (chosen.size() < request.max() && rooms.take(run.lane())) {
                chosen.add(run);
            }
        }
        return chosen;
    }

    private List<ReadyRun> of(ReadyLane lane) throws SQLException {
        long most = Math.min(request.max(), rooms.left(lane));
        return most <= 0 ? List.of() : scan.ready(lane, now, most);
    }
}
