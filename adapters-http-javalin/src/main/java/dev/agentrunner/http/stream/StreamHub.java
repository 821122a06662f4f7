package dev.agentrunner.http.stream;

import dev.agentrunner.live.Live;
import dev.agentrunner.spi.log.RunLog;
import dev.agentrunner.spi.model.RunId;
import dev.agentrunner.spi.store.Store;
import io.javalin.http.Context;
import io.javalin.http.HandlerType;
import jakarta.servlet.AsyncContext;
import java.time.Duration;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.RejectedExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.BiFunction;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Where all streams of an API come together: follows the log and the live messages once for all clients, and bounds how
 * many there are. Thread-safe.
 *
 * <p>Each client is served by a thread of its own, which waits in it for news and for the client; the threads of the
 * HTTP server are free meanwhile. Closing ends all streams without the {@code end} event, so that clients connect again,
 * wherever the next server is.
 */
public final class StreamHub implements AutoCloseable {

    private static final Logger LOG = LoggerFactory.getLogger(StreamHub.class);

    private static final Duration TICK = Duration.ofMillis(250);
    private static final Duration LOOK = Duration.ofSeconds(1);
    private static final Duration GATHER = Duration.ofMillis(50);

    private final Store store;
    private final StreamOptions options;
    private final Ticker ticker;
    private final Audience audience = new Audience();
    private final AtomicInteger taken = new AtomicInteger();
    private final ExecutorService threads = StreamThreads.perClient();
    private final RunLog.Subscription following;
    private final Live.Watching watching;
    private volatile boolean open = true;

    /** @param store what it gives is passed on as it is, so that secrets must have been taken out */
    public StreamHub(Store store, Live live, StreamOptions options) {
        this(store, live, options, new StreamThreads());
    }

    StreamHub(Store store, Live live, StreamOptions options, Ticker ticker) {
        this.store = store;
        this.options = options;
        this.ticker = ticker;
        following = store.log().follow(audience::hint);
        watching = live.watch(audience::live);
        Lookout lookout = new Lookout(store.log(), audience);
        ticker.every(TICK, () -> safely(() -> audience.forEach(seat -> seat.tick(ticker.nanos()))));
        ticker.every(LOOK, () -> safely(lookout::look));
        ticker.every(GATHER, () -> safely(audience::tellOfAll));
    }

    /** How many streams and waiting long polls are open. */
    public int clients() {
        return taken.get();
    }

    /** Ends all streams and waits a little until they have. Closing again does nothing. */
    @Override
    public void close() {
        open = false;
        following.close();
        watching.close();
        ticker.close();
        threads.shutdown();
        audience.forEach(seat -> seat.bell().ring(Bell.TIME));
        try {
            if (!threads.awaitTermination(1, TimeUnit.SECONDS)) {
                audience.forEach(seat -> seat.stall().giveUp());
                threads.awaitTermination(4, TimeUnit.SECONDS);
            }
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }

    Store store() {
        return store;
    }

    Audience audience() {
        return audience;
    }

    Ticker ticker() {
        return ticker;
    }

    boolean isOpen() {
        return open;
    }

    /**
     * Answers with a stream.
     *
     * @param run what is followed; null: all
     * @param position what the client has seen
     * @throws StreamsUnavailableException before anything is written
     */
    void stream(
            Context ctx, @Nullable RunId run, long position, StillAllowed check, BiFunction<Store, Seat, Source> of) {
        if (ctx.method().equals(HandlerType.HEAD)) {
            announce(ctx);
            return;
        }
        AsyncContext async = ctx.req().startAsync();
        async.setTimeout(0);
        Connection connection = new Connection(ctx);
        Stall stall = new Stall(ticker, options.patience(), connection::hangUp);
        Seat seat = sit(new Seat(run, position, new LiveQueue(run == null ? 0 : options.live()), stall, ticker));
        announce(ctx);
        ctx.future(() -> inItsOwnThread(seat, () -> {
            try (connection) {
                Wire wire = new Wire(new WatchedOutput(connection.open(), stall));
                return new Client(seat, of.apply(store, seat), wire, check, options, ticker).serve(this::isOpen);
            }
        }));
    }

    private static void announce(Context ctx) {
        ctx.contentType("text/event-stream");
        ctx.header("Cache-Control", "no-store");
        ctx.header("X-Accel-Buffering", "no"); // a proxy that gathers what it passes on would hold the stream back
    }

    /** Takes a seat for somebody who waits and is not written to. */
    Seat sit(RunId run, long position) {
        return sit(new Seat(run, position, new LiveQueue(0), new Stall(ticker, options.patience(), () -> {}), ticker));
    }

    private Seat sit(Seat seat) {
        if (!open) {
            throw StreamsUnavailableException.closed();
        }
        if (taken.incrementAndGet() > options.maxStreams()) {
            taken.decrementAndGet();
            throw StreamsUnavailableException.full(options.maxStreams());
        }
        audience.add(seat);
        return seat;
    }

    interface Task<T> {
        T run() throws InterruptedException;
    }

    /** Does this in a thread of the seat, which is given up at the end. */
    <T> CompletableFuture<T> inItsOwnThread(Seat seat, Task<T> task) {
        CompletableFuture<T> done = new CompletableFuture<>();
        try {
            threads.execute(() -> {
                try {
                    T result = task.run();
                    leave(seat);
                    done.complete(result);
                } catch (Throwable e) {
                    leave(seat);
                    done.completeExceptionally(e);
                }
            });
        } catch (RejectedExecutionException e) {
            leave(seat);
            throw StreamsUnavailableException.closed();
        }
        return done;
    }

    private void leave(Seat seat) {
        audience.remove(seat);
        taken.decrementAndGet();
    }

    private static void safely(Runnable task) {
        try {
            task.run();
        } catch (RuntimeException e) {
            LOG.warn("Looking after the streams failed; it is tried again", e);
        }
    }
}
