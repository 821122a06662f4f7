package dev.agentrunner.core.execution;

import dev.agentrunner.core.state.RunCommand;
import dev.agentrunner.core.time.StoreClock;
import dev.agentrunner.spi.model.Waiting;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashSet;
import java.util.List;
import java.util.Objects;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.Condition;
import java.util.concurrent.locks.ReentrantLock;
import org.jspecify.annotations.Nullable;

/**
 * Where the branches of one execution wait, and where they learn that it is to end.
 *
 * <p>A branch that waits keeps its thread only as long as another branch is at work. Once all of them
 * wait, a short grace passes in case something happens at once; then all are unwound together, and the
 * run is put aside until the first thing that any of them waits for. Thread-safe.
 */
final class Parking {

    private final StoreClock clock;
    private final Duration grace;
    private final ReentrantLock lock = new ReentrantLock();
    private final Condition changed = lock.newCondition();
    // Guarded by lock.
    private int active = 1;
    private final List<Pending> parked = new ArrayList<>();
    private @Nullable Stop stop;

    Parking(StoreClock clock, Duration grace) {
        this.clock = clock;
        this.grace = grace;
    }

    /** A thread begins to work for this execution, or works again. */
    void enter() {
        lock.lock();
        try {
            active++;
        } finally {
            lock.unlock();
        }
    }

    /** A thread has nothing more to do here, or only waits for other threads of this execution. */
    void leave() {
        lock.lock();
        try {
            active--;
            changed.signalAll();
        } finally {
            lock.unlock();
        }
    }

    /** Something happened: everybody looks again. */
    void poke() {
        lock.lock();
        try {
            changed.signalAll();
        } finally {
            lock.unlock();
        }
    }

    /** Asks all branches to end; a weaker reason does not replace a stronger one. */
    void stop(Stop why) {
        lock.lock();
        try {
            if (stop == null || stop.compareTo(why) < 0) {
                stop = why;
            }
            changed.signalAll();
        } finally {
            lock.unlock();
        }
    }

    /** Takes a request to pause back, if it has not been acted upon. */
    void unpause() {
        lock.lock();
        try {
            if (stop == Stop.PAUSE) {
                stop = null;
            }
        } finally {
            lock.unlock();
        }
    }

    Optional<Stop> stopping() {
        lock.lock();
        try {
            return Optional.ofNullable(stop);
        } finally {
            lock.unlock();
        }
    }

    /** Passes, or ends this branch because the execution is to end. */
    void boundary() {
        lock.lock();
        try {
            if (stop != null) {
                throw new Unwind(stop);
            }
        } finally {
            lock.unlock();
        }
    }

    /** Passes, or ends this branch because even bodies of steps are to end. */
    void bodyBoundary() {
        stopping().filter(Stop::reachesBodies).ifPresent(why -> {
            throw new Unwind(why);
        });
    }

    /** Waits until the time has come or it is over; or ends this branch. */
    void park(Pending wait) {
        lock.lock();
        parked.add(wait);
        active--;
        changed.signalAll();
        try {
            long idleSince = -1;
            boundary();
            while (!isDone(wait)) {
                if (active > 0) {
                    idleSince = -1;
                } else if (idleSince < 0) {
                    idleSince = System.nanoTime();
                }
                if (active == 0 && (graceLeft(idleSince) <= 0 || isLong())) {
                    stop(Stop.WAIT);
                } else {
                    sleep(wait, active == 0 ? graceLeft(idleSince) : Long.MAX_VALUE);
                }
                // Before looking whether it is over: what it waits for must still be there to wake the run.
                boundary();
            }
        } finally {
            active++;
            if (stop == null) {
                parked.remove(wait);
            }
            lock.unlock();
        }
    }

    /** Waits a little, or until something happens, while staying at work; who needs it asks again. */
    @SuppressWarnings("WaitNotInLoop") // to wake for no reason does no harm here
    void rest(Duration pause) {
        lock.lock();
        try {
            changed.awaitNanos(pause.toNanos());
        } catch (InterruptedException e) {
            Thread.interrupted();
        } finally {
            lock.unlock();
        }
    }

    /** Ends this branch, and so the execution, until then. */
    Unwind putAside(Pending wait) {
        lock.lock();
        try {
            parked.add(wait);
            stop(Stop.WAIT);
            return new Unwind(stop == null ? Stop.WAIT : stop);
        } finally {
            lock.unlock();
        }
    }

    private boolean isDone(Pending wait) {
        return wait.over().getAsBoolean()
                || (wait.until() != null && !clock.instant().isBefore(wait.until()));
    }

    private long graceLeft(long idleSince) {
        return grace.toNanos() - (System.nanoTime() - idleSince);
    }

    /** Whether only time can end what all wait for, and not soon. */
    private boolean isLong() {
        Instant soon = clock.instant().plus(grace);
        return parked.stream()
                .allMatch(each -> (each.waiting() == Waiting.TIMER || each.waiting() == Waiting.RETRY)
                        && each.until() != null
                        && each.until().isAfter(soon));
    }

    @SuppressWarnings("WaitNotInLoop") // park() loops
    private void sleep(Pending wait, long atMostNanos) {
        long nanos = wait.until() == null
                ? atMostNanos
                : Math.min(atMostNanos, clock.until(wait.until()).toNanos() + TimeUnit.MILLISECONDS.toNanos(1));
        try {
            changed.await(nanos, TimeUnit.NANOSECONDS);
        } catch (InterruptedException e) {
            // Interrupts are meant for bodies of steps; what ends a wait is said through stop().
            Thread.interrupted();
        }
    }

    /** How to put the run aside, once every branch has ended because all of them waited. */
    RunCommand.Suspend suspension() {
        lock.lock();
        try {
            Set<String> signals = new HashSet<>();
            parked.forEach(each -> signals.addAll(each.signals()));
            Instant first = parked.stream()
                    .map(Pending::until)
                    .filter(Objects::nonNull)
                    .min(Comparator.naturalOrder())
                    .orElse(null);
            Waiting waiting = parked.stream()
                    .min(Comparator.comparing(each -> each.until() == null ? Instant.MAX : each.until()))
                    .map(Pending::waiting)
                    .orElse(Waiting.TIMER);
            return new RunCommand.Suspend(waiting, first, signals, null);
        } finally {
            lock.unlock();
        }
    }
}
