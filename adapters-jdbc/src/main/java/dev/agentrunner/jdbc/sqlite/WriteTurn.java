package dev.agentrunner.jdbc.sqlite;

import java.io.IOException;
import java.nio.channels.FileChannel;
import java.nio.channels.FileLock;
import java.nio.channels.OverlappingFileLockException;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.time.Duration;
import java.util.concurrent.locks.LockSupport;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Lets a store that has waited for SQLite's write lock in vain go before the other stores on the file. That lock knows no
 * order: it goes to whoever asks first once it is free, which is the one who has just given it up, if that one writes
 * without pause; another one looks now and then, and may look in vain for ever. So everybody gives way to the one that has
 * the turn, before asking for the lock.
 *
 * <p>Order is all that depends on this, and only as long as everybody is well: a process that is frozen while it has the
 * turn is passed over. Closing any channel of a file gives up all locks that the process has on it; that another store of
 * this process thereby loses its turn does no more harm than that.
 *
 * <p>Used by one thread at a time.
 */
final class WriteTurn implements AutoCloseable {

    private static final Logger LOG = LoggerFactory.getLogger(WriteTurn.class);
    private static final long PATIENCE_NANOS = Duration.ofMillis(500).toNanos();
    private static final long STEP_NANOS = Duration.ofMillis(1).toNanos();

    private final FileChannel file;
    private @Nullable FileLock held;

    /** The last wait was in vain: until the turn is seen to be free, there is no other. */
    private boolean stuck;

    private WriteTurn(FileChannel file) {
        this.file = file;
    }

    /** For the stores on this database file. */
    static WriteTurn on(Path database) throws IOException {
        return new WriteTurn(FileChannel.open(
                Path.of(database + ".turn"),
                StandardOpenOption.CREATE,
                StandardOpenOption.READ,
                StandardOpenOption.WRITE));
    }

    /** Waits, if another store has the turn. */
    void giveWay() {
        await(true);
        pass();
    }

    /** Waits for the turn, but not for long. */
    void take() {
        await(false);
    }

    /** Also waits if interrupted. */
    private void await(boolean shared) {
        long end = System.nanoTime() + (stuck ? 0 : PATIENCE_NANOS);
        boolean interrupted = false;
        boolean over = tried(shared);
        while (!over && System.nanoTime() < end) {
            LockSupport.parkNanos(this, STEP_NANOS);
            interrupted |= Thread.interrupted();
            over = tried(shared);
        }
        stuck = !over;
        if (interrupted) {
            Thread.currentThread().interrupt();
        }
    }

    /** Whether there is nothing more to wait for. */
    private boolean tried(boolean shared) {
        try {
            held = file.tryLock(0, Long.MAX_VALUE, shared);
            return held != null;
        } catch (OverlappingFileLockException e) {
            return false;
        } catch (IOException e) {
            LOG.atDebug().setCause(e).log("Writing out of turn, because a file could not be locked");
            return true;
        }
    }

    void pass() {
        try {
            if (held != null) {
                held.release();
            }
        } catch (IOException e) {
            LOG.atDebug().setCause(e).log("A file could not be unlocked; others will write out of turn");
        } finally {
            held = null;
        }
    }

    @Override
    public void close() {
        try {
            file.close();
        } catch (IOException e) {
            LOG.atDebug().setCause(e).log("A file could not be closed; it is with the process at the latest");
        }
    }
}
