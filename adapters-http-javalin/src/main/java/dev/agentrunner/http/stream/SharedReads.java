package dev.agentrunner.http.stream;

import dev.agentrunner.spi.log.RunLog;
import dev.agentrunner.spi.model.RunId;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.ReentrantLock;
import org.jspecify.annotations.Nullable;

/**
 * Reads the log of a run for all who follow it: what is new is read once, however many wait for it. Thread-safe.
 *
 * <p>Remembers the last events that anybody has read. Events never change and have no gaps, so whatever it holds is true;
 * it serves a client that has seen all before it, if it reaches as far as that client knows the run to have come.
 */
final class SharedReads {

    private static final int MOST = 256;
    private static final long MOST_CHARS = 1 << 20;
    private static final long PATIENCE_MILLIS = 1_000;

    private final RunId run;
    private final ReentrantLock reading = new ReentrantLock();
    private volatile List<EventFrame> last = List.of(); // consecutive

    SharedReads(RunId run) {
        this.run = run;
    }

    /**
     * The next events for a client.
     *
     * @param head how far the run has come for all that the client knows; {@link Long#MAX_VALUE}: it does not know, and only
     *     the store does
     * @throws dev.agentrunner.spi.error.StoreUnavailableException while the store cannot be reached
     */
    List<EventFrame> after(long position, long head, int limit, RunLog log) {
        if (head <= position || head - position > MOST) {
            return read(position, limit, log); // nothing is known to be new, or this client catches up by itself
        }
        List<EventFrame> known = remembered(position, head, limit);
        if (known != null) {
            return known;
        }
        boolean mine = awaitTurn();
        try {
            known = remembered(position, head, limit);
            return known == null ? read(position, limit, log) : known;
        } finally {
            if (mine) {
                reading.unlock();
            }
        }
    }

    /** False if whoever reads does not come back: a read that hangs must not keep the others. */
    private boolean awaitTurn() {
        try {
            return reading.tryLock(PATIENCE_MILLIS, TimeUnit.MILLISECONDS);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            return false;
        }
    }

    private List<EventFrame> read(long position, int limit, RunLog log) {
        List<EventFrame> page =
                log.read(run, position, limit).stream().map(EventFrame::new).toList();
        remember(page);
        return page;
    }

    /** The next events of those that are remembered, unless there may be more that are wanted. */
    private @Nullable List<EventFrame> remembered(long position, long head, int limit) {
        List<EventFrame> known = last;
        int from = (int) Math.min(MOST, position - end(known) + known.size());
        boolean isEnough = end(known) >= head || end(known) - position >= limit;
        if (from < 0 || from >= known.size() || !isEnough) {
            return null;
        }
        return known.subList(from, Math.min(known.size(), from + limit));
    }

    /** Others may do the same at once: then what one of them has read is read again. */
    private void remember(List<EventFrame> page) {
        List<EventFrame> known = last;
        if (end(page) <= end(known)) {
            return;
        }
        List<EventFrame> all = new ArrayList<>(page.get(0).seq() <= end(known) + 1 ? known : List.of());
        page.stream().filter(frame -> frame.seq() > end(all)).forEach(all::add);
        int from = all.size();
        long chars = 0;
        while (from > 0 && all.size() - from < MOST && chars <= MOST_CHARS) {
            from--;
            chars += all.get(from).event().payload().text().length();
        }
        last = List.copyOf(all.subList(from, all.size()));
    }

    private static long end(List<EventFrame> page) {
        return page.isEmpty() ? 0 : page.get(page.size() - 1).seq();
    }
}
