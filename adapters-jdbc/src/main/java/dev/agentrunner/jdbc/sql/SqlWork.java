package dev.agentrunner.jdbc.sql;

import java.sql.Connection;
import java.sql.SQLException;
import org.jspecify.annotations.Nullable;

/** Something to be done with a connection. */
@FunctionalInterface
public interface SqlWork<T extends @Nullable Object> {
    T on(Connection connection) throws SQLException;
}
