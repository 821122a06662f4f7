package dev.agentrunner.http.calls;

import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.agentrunner.http.request.Answer;
import dev.agentrunner.http.request.Request;
import dev.agentrunner.http.request.Route;
import dev.agentrunner.http.view.Shown;
import dev.agentrunner.spi.catalog.Backlog;
import dev.agentrunner.spi.catalog.Page;
import dev.agentrunner.spi.catalog.PageRequest;
import dev.agentrunner.spi.catalog.RunCatalog;
import dev.agentrunner.spi.catalog.RunQuery;
import dev.agentrunner.spi.catalog.RunView;
import dev.agentrunner.spi.catalog.TimeRange;
import dev.agentrunner.spi.catalog.Unfinished;
import dev.agentrunner.spi.model.RunStatus;
import dev.agentrunner.spi.model.Waiting;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;

/** Shows how many runs there are of each kind. */
public final class StatsCalls {

    private static final Duration RECENTLY = Duration.ofDays(1);
    private static final int MOST_COUNTED = 1_000;

    private final RunCatalog catalog;
    private final InstantSource clock;

    public StatsCalls(RunCatalog catalog, InstantSource clock) {
        this.catalog = catalog;
        this.clock = clock;
    }

    public List<Route> routes() {
        return List.of(Route.get("/stats", this::stats));
    }

    private Answer stats(Request request) {
        request.readsJson();
        request.query().only();
        ObjectNode json = Shown.object();
        Map<RunStatus, Long> counts = catalog.counts();
        ObjectNode runs = json.putObject("runs");
        for (RunStatus status : RunStatus.values()) {
            runs.put(status.name(), counts.getOrDefault(status, 0L));
        }
        waiting(json.putObject("waiting"));
        Instant since = clock.instant().minus(RECENTLY);
        json.put("failed_recently", failed(since)).put("failed_since", Shown.time(since));
        ArrayNode queues = json.putArray("queues");
        for (Backlog each : catalog.backlog()) {
            queues.addObject()
                    .put("queue", each.queue())
                    .put("ready", each.ready())
                    .put("oldest", Shown.time(each.oldest()));
        }
        return Answer.json(json);
    }

    private void waiting(ObjectNode json) {
        Map<Waiting, Long> waiting = new EnumMap<>(Waiting.class);
        for (Unfinished each : catalog.unfinished()) {
            if (each.waiting() != null) {
                waiting.merge(each.waiting(), each.runs(), Long::sum);
            }
        }
        for (Waiting reason : Waiting.values()) {
            json.put(reason.name(), waiting.getOrDefault(reason, 0L));
        }
    }

    /** Runs since then that failed; whoever has more than a thousand of them need not know how many. */
    private long failed(Instant since) {
        RunQuery query = RunQuery.ALL.statuses(RunStatus.FAILED).created(new TimeRange(since, null));
        long failed = 0;
        String cursor = null;
        do {
            Page<RunView> page = catalog.runs(query.page(new PageRequest(PageRequest.MAX_LIMIT, cursor)));
            failed += page.items().size();
            cursor = page.nextCursor();
        } while (cursor != null && failed < MOST_COUNTED);
        return failed;
    }
}
