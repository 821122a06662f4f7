package dev.agentrunner.http.calls;

import dev.agentrunner.http.access.Gate;
import dev.agentrunner.http.problem.Kind;
import dev.agentrunner.http.problem.Problem;
import dev.agentrunner.http.request.Answer;
import dev.agentrunner.http.request.Query;
import dev.agentrunner.http.request.Request;
import dev.agentrunner.http.request.Route;
import dev.agentrunner.http.stream.GlobalStream;
import dev.agentrunner.http.stream.RunStream;
import dev.agentrunner.http.stream.StreamHub;
import dev.agentrunner.spi.catalog.RunView;
import dev.agentrunner.spi.model.EventType;
import java.util.List;
import java.util.Set;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/** Streams events as they come. */
public final class StreamCalls {

    private static final String SEEN = "Last-Event-ID";

    private final RunCalls runs;
    private final Gate gate;
    private final RunStream one;
    private final GlobalStream all;

    public StreamCalls(StreamHub hub, RunCalls runs, Gate gate) {
        this.runs = runs;
        this.gate = gate;
        this.one = new RunStream(hub);
        this.all = new GlobalStream(hub);
    }

    public List<Route> routes() {
        return List.of(Route.get("/runs/{id}/events/stream", this::run), Route.get("/events/stream", this::all));
    }

    private Answer run(Request request) {
        Query query = request.reads("text/event-stream").query().only("after");
        RunView run = runs.view(request.run());
        Long seen = seen(request, query, run.lastSeq());
        long after = seen == null ? 0 : seen;
        if (one.isOver(run.id(), after)) {
            return Answer.empty(204);
        }
        one.handle(request.context(), run.id(), after, () -> gate.isStillGood(request.principal()));
        return Answer.ongoing();
    }

    private Answer all(Request request) {
        Query query = request.reads("text/event-stream").query().only(Set.of("after"), Set.of("types"));
        long end = all.now();
        Long seen = seen(request, query, end);
        all.handle(
                request.context(),
                seen == null ? end : seen,
                types(query),
                () -> gate.isStillGood(request.principal()));
        return Answer.ongoing();
    }

    private static Set<EventType> types(Query query) {
        try {
            return query.texts("types").stream()
                    .flatMap(text -> Stream.of(text.split(",")))
                    .map(String::strip)
                    .map(EventType::new)
                    .collect(Collectors.toUnmodifiableSet());
        } catch (IllegalArgumentException e) {
            throw Query.invalid("types", "these are types of events with commas between: " + e.getMessage());
        }
    }

    /** What the client has seen; a browser that connects again says so itself, and knows better than the address. */
    private static @Nullable Long seen(Request request, Query query, long end) {
        Long after = query.number("after", 0, Long.MAX_VALUE);
        String header = request.header(SEEN);
        Long seen = header == null ? after : Query.number(header);
        if (header != null && (seen == null || seen > end)) {
            throw Problem.at(Kind.INVALID_PARAMETER, SEEN, "this is no number of this stream; start again without it");
        }
        if (seen != null && seen > end) {
            throw Query.invalid("after", "this stream has only come to " + end);
        }
        return seen;
    }
}
