package dev.agentrunner.jdbc.sqlite;

import dev.agentrunner.spi.error.StoreClosedException;
import java.sql.SQLException;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.concurrent.Semaphore;
import org.jspecify.annotations.Nullable;

/** Connections that only read, opened when they are first needed. Thread-safe. */
final class ReadSessions implements AutoCloseable {

    private final SessionSource source;
    private final String store;
    private final int most;
    private final Semaphore permits;

    /** Guarded by itself. */
    private final Deque<Session> idle = new ArrayDeque<>();

    private volatile boolean closed;

    ReadSessions(SessionSource source, String store, int most) {
        this.source = source;
        this.store = store;
        this.most = most;
        this.permits = new Semaphore(most, true);
    }

    <T extends @Nullable Object> T with(SessionWork<T> work) throws SQLException {
        permits.acquireUninterruptibly();
        try {
            if (closed) {
                throw new StoreClosedException(store);
            }
            Session session = take();
            boolean sound = false;
            try {
                T result = work.on(session);
                sound = true;
                return result;
            } finally {
                if (sound) {
                    putBack(session);
                } else {
                    session.close();
                }
            }
        } finally {
            permits.release();
        }
    }

    private Session take() throws SQLException {
        synchronized (idle) {
            Session session = idle.pollFirst();
            if (session != null) {
                return session;
            }
        }
        Session session = source.open();
        session.execute("PRAGMA query_only = ON");
        return session;
    }

    private void putBack(Session session) {
        synchronized (idle) {
            idle.addFirst(session);
        }
    }

    @Override
    public void close() {
        closed = true;
        permits.acquireUninterruptibly(most);
        try {
            synchronized (idle) {
                for (Session session = idle.pollFirst(); session != null; session = idle.pollFirst()) {
                    session.close();
                }
            }
        } catch (SQLException e) {
            // Nothing was written on it; the file is released with the process at the latest.
        } finally {
            permits.release(most);
        }
    }
}
