package dev.agentrunner.jdbc.sqlite;

import java.sql.SQLException;
import org.jspecify.annotations.Nullable;

/** Something to be done with a session. */
@FunctionalInterface
interface SessionWork<T extends @Nullable Object> {
    T on(Session session) throws SQLException;
}
