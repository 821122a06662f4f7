package dev.agentrunner.jdbc.sqlite;

import dev.agentrunner.spi.error.StoreClosedException;
import java.sql.SQLException;
import java.util.concurrent.locks.ReentrantLock;
import org.jspecify.annotations.Nullable;

/**
 * The connection that writes. Transactions are begun by statement rather than through JDBC, because the driver would
 * begin the next one, and with it take the database's only write lock, as soon as one ends.
 */
final class WriteSession implements AutoCloseable {

    private final SessionSource source;
    private final String store;

    /** Fair, so that a busy committer does not keep claims and heartbeats waiting. */
    private final ReentrantLock lock = new ReentrantLock(true);

    /** Guarded by lock. */
    private @Nullable Session session;

    /** Guarded by lock. */
    private boolean closed;

    WriteSession(SessionSource source, String store) {
        this.source = source;
        this.store = store;
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
                current.control("BEGIN IMMEDIATE");
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
        }
        return session;
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
        } finally {
            lock.unlock();
        }
    }
}
