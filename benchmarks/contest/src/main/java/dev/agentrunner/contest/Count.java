package dev.agentrunner.contest;

import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import org.jspecify.annotations.Nullable;

/** Asks for one number again and again, on a connection of its own that is opened when it is first asked. Safe for use by many threads. */
public final class Count implements AutoCloseable {

    private final Place place;
    private final String sql;
    private @Nullable Connection connection; // null until somebody asks; guarded by this
    private @Nullable PreparedStatement query; // the same

    public Count(Place place, String sql) {
        this.place = place;
        this.sql = sql;
    }

    /** The first column of the first row. */
    public synchronized long value() throws SQLException {
        if (query == null) {
            connection = DriverManager.getConnection(place.jdbcUrl(), place.user(), place.password());
            query = connection.prepareStatement(sql);
        }
        try (ResultSet rows = query.executeQuery()) {
            rows.next();
            return rows.getLong(1);
        }
    }

    @Override
    public synchronized void close() throws SQLException {
        if (connection != null) {
            connection.close();
        }
    }
}
