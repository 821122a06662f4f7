package dev.agentrunner.jdbc.sqlite;

import dev.agentrunner.jdbc.sql.Connections;
import dev.agentrunner.jdbc.sql.Dialect;
import dev.agentrunner.jdbc.sql.SqlWork;
import dev.agentrunner.spi.error.StoreClosedException;
import dev.agentrunner.spi.error.StoreUnavailableException;
import java.sql.SQLException;
import org.jspecify.annotations.Nullable;

/** One connection that writes, for one thread at a time, and a few that read beside it. */
final class SqliteConnections implements Connections, AutoCloseable {

    private static final int READERS = 4;

    private final Dialect dialect;
    private final WriteSession writer;
    private final ReadSessions readers;

    SqliteConnections(Dialect dialect, SessionSource source, WriteTurn turn) {
        this.dialect = dialect;
        this.writer = new WriteSession(source, dialect.describe(), turn);
        this.readers = new ReadSessions(source, dialect.describe(), READERS);
    }

    @Override
    public <T extends @Nullable Object> T read(SqlWork<T> work) {
        return look(session -> work.on(session.connection));
    }

    /** Like {@link #read}, with prepared statements that are kept. */
    <T extends @Nullable Object> T look(SessionWork<T> work) {
        try {
            return readers.with(work);
        } catch (SQLException e) {
            throw translated(e);
        }
    }

    @Override
    public <T extends @Nullable Object> T write(SqlWork<T> work) {
        return update(session -> work.on(session.connection));
    }

    /** Like {@link #write}, with prepared statements that are kept. */
    <T extends @Nullable Object> T update(SessionWork<T> work) {
        try {
            return writer.transaction(work);
        } catch (SQLException e) {
            throw translated(e);
        }
    }

    /** For those who tell failures apart themselves. */
    WriteSession writer() {
        return writer;
    }

    private RuntimeException translated(SQLException e) {
        return dialect.refuses(e)
                ? new IllegalStateException("The store " + dialect.describe() + " refused a statement of its own", e)
                : new StoreUnavailableException(dialect.describe(), e);
    }

    /** Waits for reads and writes under way; later ones throw {@link StoreClosedException}. */
    @Override
    public void close() {
        writer.close();
        readers.close();
    }
}
