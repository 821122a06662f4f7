package dev.agentrunner.http.calls;

import dev.agentrunner.http.request.Answer;
import dev.agentrunner.http.request.Cursor;
import dev.agentrunner.http.request.Query;
import dev.agentrunner.http.request.Request;
import dev.agentrunner.http.request.Route;
import dev.agentrunner.http.stream.LongPoll;
import dev.agentrunner.http.view.EventJson;
import dev.agentrunner.http.view.Shown;
import dev.agentrunner.spi.log.RunLog;
import dev.agentrunner.spi.model.Event;
import dev.agentrunner.spi.model.RunId;
import java.time.Duration;
import java.util.List;
import java.util.Set;
import java.util.concurrent.CompletableFuture;

/** Reads events of a run. */
public final class EventCalls {

    private static final Set<String> PARAMETERS = Set.of("after", "order", "limit", "cursor", "wait");
    private static final long MOST_SECONDS = 30;

    private final RunLog log;
    private final LongPoll polls;
    private final RunCalls runs;

    /**
     * Calls on a log.
     *
     * @param log without secrets
     */
    public EventCalls(RunLog log, LongPoll polls, RunCalls runs) {
        this.log = log;
        this.polls = polls;
        this.runs = runs;
    }

    public List<Route> routes() {
        return List.of(Route.get("/runs/{id}/events", this::list));
    }

    private Answer list(Request request) {
        request.readsJson();
        Query query = request.query().only(PARAMETERS, Set.of("type", "step_id"));
        RunId run = request.run();
        boolean newestFirst = query.word("order", "asc", Set.of("asc", "desc")).equals("desc");
        Long wait = query.number("wait", 0, MOST_SECONDS);
        if (newestFirst && wait != null) {
            throw Query.invalid("wait", "only what comes can be waited for: use order=asc");
        }
        Long after = query.number("after", 0, Long.MAX_VALUE);
        Long cursor = Cursor.read(query.text("cursor"), cursor(run, newestFirst));
        int limit = query.limit();
        EventPages pages =
                new EventPages(log, run, Set.copyOf(query.texts("type")), Set.copyOf(query.texts("step_id")));
        long least = after == null ? 0 : after;
        if (newestFirst) {
            long head = runs.view(run).lastSeq();
            return answer(run, true, pages.before(cursor == null ? head + 1 : cursor, least, limit));
        }
        runs.view(run);
        long from = cursor == null ? least : Math.max(cursor, least);
        Duration patience = Duration.ofSeconds(wait == null ? 0 : wait);
        CompletableFuture<EventPages.Part> found = polls.read(
                run,
                from,
                patience,
                () -> pages.after(from, limit),
                part -> part.more() || !part.items().isEmpty());
        return Answer.later(found.thenApply(part -> answer(run, false, part)));
    }

    private Answer answer(RunId run, boolean newestFirst, EventPages.Part part) {
        String next = part.more() ? Cursor.write(cursor(run, newestFirst), part.position()) : null;
        List<Event> items = part.items();
        // Looked up last, so that it is never behind what is shown.
        return Answer.json(Shown.page(items, event -> Shown.raw(EventJson.of(event)), next)
                .put("head", runs.view(run).lastSeq()));
    }

    private static String cursor(RunId run, boolean newestFirst) {
        return "events:" + run + (newestFirst ? ":desc" : ":asc");
    }
}
