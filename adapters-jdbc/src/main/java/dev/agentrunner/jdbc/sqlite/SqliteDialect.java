package dev.agentrunner.jdbc.sqlite;

import dev.agentrunner.jdbc.sql.Dialect;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Instant;
import java.time.InstantSource;
import java.time.temporal.ChronoUnit;
import java.util.UUID;
import org.jspecify.annotations.Nullable;
import org.sqlite.SQLiteErrorCode;

/** UUIDs are text, moments are epoch milliseconds, and the store's clock is this process's. */
final class SqliteDialect implements Dialect {

    /** The primary part of an extended result code. */
    private static final int PRIMARY = 0xff;

    private final String description;
    private final InstantSource clock;

    SqliteDialect(String description, InstantSource clock) {
        this.description = description;
        this.clock = clock;
    }

    @Override
    public String describe() {
        return description;
    }

    @Override
    public void bind(PreparedStatement statement, int index, @Nullable Object value) throws SQLException {
        if (value instanceof Instant moment) {
            statement.setLong(index, Millis.of(moment));
        } else if (value instanceof UUID id) {
            statement.setString(index, id.toString());
        } else {
            statement.setObject(index, value);
        }
    }

    @Override
    public UUID uuid(ResultSet row, String column) throws SQLException {
        return UUID.fromString(row.getString(column));
    }

    @Override
    public @Nullable Instant instant(ResultSet row, String column) throws SQLException {
        long millis = row.getLong(column);
        return row.wasNull() ? null : Instant.ofEpochMilli(millis);
    }

    @Override
    public boolean refuses(SQLException failure) {
        int code = failure.getErrorCode() & PRIMARY;
        return code == SQLiteErrorCode.SQLITE_CONSTRAINT.code
                || code == SQLiteErrorCode.SQLITE_TOOBIG.code
                || code == SQLiteErrorCode.SQLITE_MISMATCH.code;
    }

    /** Writers exclude each other, so ids become visible in order. */
    @Override
    public String settled(String events) {
        return "1 = 1";
    }

    /** SQLite's own lower knows ASCII only. */
    @Override
    public String contains(String expression) {
        return "instr(lower(" + expression + "), ?) > 0";
    }

    @Override
    public String idText(String column) {
        return column;
    }

    /** Nothing: writers exclude each other as it is. */
    @Override
    public void keepOut(Connection connection, String table) {}

    @Override
    public Instant now(Connection connection) {
        return clock.instant().truncatedTo(ChronoUnit.MILLIS);
    }
}
