package dev.agentrunner.jdbc.postgres;

import dev.agentrunner.jdbc.sql.Dialect;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.time.Instant;
import java.time.OffsetDateTime;
import java.util.Set;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/** PostgreSQL as the shared statements see it. */
public final class PostgresDialect implements Dialect {

    private static final String UPPER = "ABCDEFGHIJKLMNOPQRSTUVWXYZ";
    private static final String LOWER = "abcdefghijklmnopqrstuvwxyz";

    /** Serialization failure, deadlock, a lock that could not be had in time. */
    private static final Set<String> ABANDONED = Set.of("40001", "40P01", "55P03");

    private final String description;

    public PostgresDialect(String description) {
        this.description = description;
    }

    @Override
    public String describe() {
        return description;
    }

    @Override
    public void bind(PreparedStatement statement, int index, @Nullable Object value) throws SQLException {
        statement.setObject(index, value instanceof Instant moment ? Moments.stored(moment) : value);
    }

    @Override
    public UUID uuid(ResultSet row, String column) throws SQLException {
        return row.getObject(column, UUID.class);
    }

    @Override
    public @Nullable Instant instant(ResultSet row, String column) throws SQLException {
        OffsetDateTime moment = row.getObject(column, OffsetDateTime.class);
        return moment == null ? null : moment.toInstant();
    }

    /**
     * Bad data, broken constraints and exceeded limits of one row. A missing table or privilege is the operator's to
     * mend, so writers wait for that like for an outage.
     */
    @Override
    public boolean refuses(SQLException failure) {
        String state = failure.getSQLState();
        return state != null
                && (state.startsWith("22")
                        || state.startsWith("23")
                        || state.startsWith("54")
                        || state.equals("P0001"));
    }

    /**
     * Whether the failure proves that its transaction was not committed. Most do not, even if the connection survived:
     * a commit that is done already can still be answered with an error, such as a cancellation.
     */
    boolean abandons(SQLException failure) {
        return refuses(failure) || ABANDONED.contains(String.valueOf(failure.getSQLState()));
    }

    @Override
    public String contains(String expression) {
        return "strpos(translate(" + expression + ", '" + UPPER + "', '" + LOWER + "'), ?) > 0";
    }

    @Override
    public String idText(String column) {
        return column + "::text";
    }

    @Override
    public void keepOut(Connection connection, String table) throws SQLException {
        try (Statement statement = connection.createStatement()) {
            statement.execute("LOCK TABLE " + table + " IN SHARE ROW EXCLUSIVE MODE");
        }
    }

    @Override
    public Instant now(Connection connection) throws SQLException {
        try (Statement statement = connection.createStatement();
                ResultSet row = statement.executeQuery("SELECT date_trunc('milliseconds', clock_timestamp())")) {
            row.next();
            return row.getObject(1, OffsetDateTime.class).toInstant();
        }
    }

    /** Nothing: settled ids are known by {@link FeedHorizon}, not by a condition. */
    @Override
    public String settled(String events) {
        return "true";
    }
}
