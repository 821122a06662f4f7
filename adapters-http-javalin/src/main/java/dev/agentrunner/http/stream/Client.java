package dev.agentrunner.http.stream;

import dev.agentrunner.http.stream.Source.Rest;
import dev.agentrunner.spi.error.StoreClosedException;
import dev.agentrunner.spi.error.StoreUnavailableException;
import java.io.IOException;
import java.time.Duration;
import java.util.function.BooleanSupplier;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Serves one client in its own thread, until one of the two has had enough.
 *
 * <p>There is one loop: read the log from where the client stands, write, wait for a ring. Replay and live are the same,
 * so nothing can be lost or doubled between them; a client that reads slowly holds up its own loop only, and what it has
 * not read waits in the log.
 */
final class Client {

    private static final Logger LOG = LoggerFactory.getLogger(Client.class);

    private static final long LOOK_AGAIN = Duration.ofSeconds(1).toNanos();
    private static final long HALF_COMMENT = Duration.ofSeconds(1).toNanos();

    private final Seat seat;
    private final Source source;
    private final Wire wire;
    private final StillAllowed check;
    private final StreamOptions options;
    private final Ticker ticker;
    private long keepAliveAt;
    private long checkAt;

    Client(Seat seat, Source source, Wire wire, StillAllowed check, StreamOptions options, Ticker ticker) {
        this.seat = seat;
        this.source = source;
        this.wire = wire;
        this.check = check;
        this.options = options;
        this.ticker = ticker;
    }

    /** Returns when the stream has ended: why. */
    String serve(BooleanSupplier open) {
        String why = until(open);
        LOG.debug("A stream of {} ended: {}", subject(), why);
        return why;
    }

    private String until(BooleanSupplier open) {
        try {
            return stream(open);
        } catch (IOException e) {
            return seat.stall().isLate() ? "the client did not read" : "the client is gone";
        } catch (StoreClosedException e) {
            return "the store is closed";
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            return "its thread was interrupted";
        } catch (RuntimeException e) {
            LOG.warn("A stream of {} failed and was ended; its client will connect again", subject(), e);
            return "it failed";
        }
    }

    private String stream(BooleanSupplier open) throws IOException, InterruptedException {
        keepAliveAt = ticker.nanos() + options.keepAlive().toNanos();
        checkAt = ticker.nanos() + options.recheck().toNanos();
        wire.begin();
        wire.flush();
        boolean look = true;
        while (open.getAsBoolean()) {
            if (!mayStay()) {
                return "the client may no longer see it";
            }
            Rest rest = look ? look() : Rest.CAUGHT_UP;
            if (rest == Rest.CAUGHT_UP) {
                for (LiveMessage message : seat.live().all()) {
                    wire.live(message);
                }
            }
            keepAlive();
            wire.flush();
            if (rest == Rest.OVER || rest == Rest.GONE) {
                return rest == Rest.OVER ? "the run has ended" : "the run was deleted";
            }
            if (seat.stall().isLate()) {
                wire.overflow();
                wire.flush();
                return "the client reads too slowly";
            }
            look = rest == Rest.MORE || isToldToLook(rest);
        }
        return "the server stops";
    }

    private Rest look() throws IOException {
        try {
            return source.next(wire);
        } catch (StoreUnavailableException e) {
            LOG.debug("A stream of {} waits for the store", subject(), e);
            return Rest.UNKNOWN;
        }
    }

    private boolean isToldToLook(Rest rest) throws InterruptedException {
        long now = ticker.nanos();
        long left = Math.min(keepAliveAt - now, checkAt - now); // such times may overflow, their distance does not
        seat.wakeAt(now + (rest == Rest.UNKNOWN ? Math.min(left, LOOK_AGAIN) : left));
        int causes = seat.bell().await();
        return rest == Rest.UNKNOWN || (causes & Bell.LOG) != 0;
    }

    private void keepAlive() throws IOException {
        long now = ticker.nanos();
        if (now - keepAliveAt >= 0) {
            keepAliveAt =
                    now + (wire.keepAlive() ? HALF_COMMENT : options.keepAlive().toNanos() - HALF_COMMENT);
        }
    }

    private boolean mayStay() {
        if (ticker.nanos() - checkAt < 0) {
            return true;
        }
        try {
            return check.stillAllowed();
        } catch (StoreUnavailableException e) {
            LOG.debug("Whether a stream of {} is still allowed is not known yet", subject(), e);
            return true;
        } finally {
            checkAt = ticker.nanos() + options.recheck().toNanos();
        }
    }

    private String subject() {
        return seat.run() == null ? "all runs" : "run " + seat.run();
    }
}
