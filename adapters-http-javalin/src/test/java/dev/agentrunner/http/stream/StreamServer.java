package dev.agentrunner.http.stream;

import dev.agentrunner.http.view.EventJson;
import dev.agentrunner.memory.InMemoryStore;
import dev.agentrunner.spi.model.Event;
import dev.agentrunner.spi.model.EventType;
import dev.agentrunner.spi.model.RunId;
import dev.agentrunner.spi.store.Store;
import io.javalin.Javalin;
import io.javalin.http.Context;
import java.net.URI;
import java.time.Duration;
import java.util.List;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/** A real server with nothing but streams. */
final class StreamServer implements AutoCloseable {

    final Store store;
    final FakeLive live = new FakeLive();
    final StreamHub hub;
    private final Javalin app;
    private volatile boolean allowed = true;

    private StreamServer(Store store, StreamOptions options, Ticker ticker) {
        this.store = store;
        hub = new StreamHub(store, live, options, ticker);
        app = Javalin.create(config -> {
                    config.startup.showJavalinBanner = false;
                    config.startup.startupWatcherEnabled = false;
                    config.routes.get("/runs/{id}/events/stream", this::run);
                    config.routes.head("/runs/{id}/events/stream", this::run);
                    config.routes.get("/runs/{id}/events", this::poll);
                    config.routes.get("/events/stream", this::all);
                    config.routes.get("/ping", ctx -> ctx.result("pong"));
                    config.routes.exception(
                            StreamsUnavailableException.class,
                            (e, ctx) -> ctx.status(503)
                                    .header(
                                            "Retry-After",
                                            Long.toString(e.retryAfter().toSeconds()))
                                    .result(String.valueOf(e.getMessage())));
                })
                .start("127.0.0.1", 0);
    }

    static StreamServer start() {
        return start(new InMemoryStore());
    }

    static StreamServer start(Store store) {
        return new StreamServer(store, StreamOptions.DEFAULT, new StreamThreads());
    }

    static StreamServer start(Store store, Ticker ticker) {
        return new StreamServer(store, StreamOptions.DEFAULT, ticker);
    }

    static StreamServer start(Store store, StreamOptions options) {
        return new StreamServer(store, options, new StreamThreads());
    }

    private void run(Context ctx) {
        RunId run = RunId.parse(ctx.pathParam("id"));
        RunStream stream = new RunStream(hub);
        long after = after(ctx, 0);
        if (stream.isOver(run, after)) {
            ctx.status(204);
        } else {
            stream.handle(ctx, run, after, () -> allowed);
        }
    }

    private void all(Context ctx) {
        GlobalStream stream = new GlobalStream(hub);
        String types = ctx.queryParam("types");
        Set<EventType> chosen = types == null
                ? Set.of()
                : Stream.of(types.split(",")).map(EventType::new).collect(Collectors.toSet());
        stream.handle(ctx, after(ctx, stream.now()), chosen, () -> allowed);
    }

    private void poll(Context ctx) {
        RunId run = RunId.parse(ctx.pathParam("id"));
        long after = after(ctx, 0);
        Duration wait = Duration.ofMillis(Long.parseLong(ctx.queryParam("wait")));
        CompletableFuture<List<Event>> events = new LongPoll(hub)
                .read(run, after, wait, () -> store.log().read(run, after, 100), seen -> !seen.isEmpty());
        ctx.future(() -> events.thenAccept(
                seen -> ctx.result("[" + seen.stream().map(EventJson::of).collect(Collectors.joining(",")) + "]")));
    }

    private static long after(Context ctx, long otherwise) {
        String last = ctx.header("Last-Event-ID");
        String after = last == null ? ctx.queryParam("after") : last;
        return after == null ? otherwise : Long.parseLong(after);
    }

    void revoke() {
        allowed = false;
    }

    void allow() {
        allowed = true;
    }

    int port() {
        return app.port();
    }

    URI uri(String path) {
        return URI.create("http://127.0.0.1:" + port() + path);
    }

    URI stream(RunId run) {
        return uri("/runs/" + run + "/events/stream");
    }

    @Override
    public void close() {
        hub.close();
        app.stop();
        store.close();
    }
}
