package dev.agentrunner.jdbc.sqlite;

import dev.agentrunner.spi.error.StoreClosedException;
import java.sql.SQLException;
import java.time.Duration;
import java.util.concurrent.locks.ReentrantLock;
import org.jspecify.annotations.Nullable;
import org.sqlite.SQLiteErrorCode;

/**
 * The connection that writes. Transactions are begun by statement rather than through JDBC, because the driver would
 * begin the next one, and with it take the database's only write lock, as soon as one ends.
 */
final class WriteSession implements AutoCloseable {

    private static final String BEGIN = "BEGIN IMMEDIATE";
    private static final long SHORT_NANOS = Duration.ofMillis(200).toNanos();
    private static final long PATIENCE_NANOS = Duration.ofSeconds(5).toNanos();

    /** SQLite looks after 1 and 3 ms then; left alone, it would soon look every 100 ms only. */
    private static final int LOOK_AGAIN_MILLIS = 3;

    /** The primary part of an extended result code. */
    private static final int PRIMARY = 0xff;

    private final SessionSource source;
    private final String store;

    /** Guarded by lock. */
    private final WriteTurn turn;

    /** Fair, so that a busy committer does not keep claims and heartbeats waiting. */
    private final ReentrantLock lock = new ReentrantLock(true);

    /** Guarded by lock. */
    private @Nullable Session session;

    /** Guarded by lock. */
    private boolean closed;

    WriteSession(SessionSource source, String store, WriteTurn turn) {
        this.source = source;
        this.store = store;
        this.turn = turn;
    }

    /** Commits when the work returns. When this throws, nothing is written, except if it was COMMIT that failed. */
    <T extends @Nullable Object> T transaction(SessionWork<T> work) throws SQLException {
        lock.lock();
        try {
            if (closed) {
                throw new StoreClosedException(store);
            }
            Session current = session();
            boolean done = false;
            try {
                begin(current);
                T result = work.on(current);
                current.control("COMMIT");
                done = true;
                return result;
            } finally {
                if (!done) {
                    undo(current);
                }
            }
        } finally {
            lock.unlock();
        }
    }

    private Session session() throws SQLException {
        if (session == null) {
            session = source.open();
            session.execute("PRAGMA busy_timeout = " + LOOK_AGAIN_MILLIS);
        }
        return session;
    }

    private void begin(Session current) throws SQLException {
        turn.giveWay();
        if (begun(current, SHORT_NANOS)) {
            return;
        }
        turn.take();
        try {
            if (!begun(current, PATIENCE_NANOS)) {
                current.control(BEGIN);
            }
        } finally {
            turn.pass();
        }
    }

    /** False when others kept the lock all the time. */
    private static boolean begun(Session current, long nanos) throws SQLException {
        long end = System.nanoTime() + nanos;
        do {
            try {
                current.control(BEGIN);
                return true;
            } catch (SQLException e) {
                if ((e.getErrorCode() & PRIMARY) != SQLiteErrorCode.SQLITE_BUSY.code) {
                    throw e;
                }
            }
        } while (System.nanoTime() < end);
        return false;
    }

    /** A connection whose state is not known for sure is not used again; closing it rolls back. */
    private void undo(Session current) {
        boolean sound = false;
        try {
            current.control("ROLLBACK");
            sound = true;
        } catch (SQLException e) {
            // What went wrong before this is being thrown already.
        } finally {
            if (!sound) {
                session = null;
                discard(current);
            }
        }
    }

    private static void discard(Session session) {
        try {
            session.close();
        } catch (SQLException e) {
            // It is given up because it failed; that it fails again adds nothing.
        }
    }

    @Override
    public void close() {
        lock.lock();
        try {
            closed = true;
            if (session != null) {
                discard(session);
                session = null;
            }
            turn.close();
        } finally {
            lock.unlock();
        }
    }
}
