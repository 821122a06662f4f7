package dev.agentrunner.jdbc.sql;

import org.jspecify.annotations.Nullable;

/**
 * Lends connections.
 *
 * <p>Thread-safe. Throws {@link dev.agentrunner.spi.error.StoreUnavailableException} when the database cannot be
 * reached and {@link dev.agentrunner.spi.error.StoreClosedException} once closed.
 */
public interface Connections {

    /** Reads, each statement by itself; the work must not write. */
    <T extends @Nullable Object> T read(SqlWork<T> work);

    /** Writes in one transaction: committed when the work returns, rolled back when it throws. */
    <T extends @Nullable Object> T write(SqlWork<T> work);
}
