package dev.agentrunner.jdbc.sql;

import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Instant;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/** What differs between the databases that the shared statements run on. */
public interface Dialect {

    /** Short and without secrets, for people and messages. */
    String describe();

    /** Binds a parameter; knows UUID and Instant besides what JDBC knows. */
    void bind(PreparedStatement statement, int index, @Nullable Object value) throws SQLException;

    /** The UUID in a column that is never null. */
    UUID uuid(ResultSet row, String column) throws SQLException;

    /** The moment in a column, in whole milliseconds; null for a null. */
    @Nullable Instant instant(ResultSet row, String column) throws SQLException;

    /**
     * Whether the database refuses what was written, so that trying the same again is of no use. Anything else
     * is taken for an outage and tried again.
     */
    boolean refuses(SQLException failure);

    /** A condition on the alias of ar_events: no event with a smaller id can appear any more. */
    String settled(String events);

    /**
     * A condition with one parameter: the text expression contains the parameter, which is in ASCII lower case
     * already, when the expression's ASCII letters are lowered.
     */
    String contains(String expression);

    /** An expression for the text form of a UUID column. */
    String idText(String column);

    /** Lets nobody else write to the table until the transaction ends; reading goes on. */
    void keepOut(Connection connection, String table) throws SQLException;

    /** The store's clock, in whole milliseconds. */
    Instant now(Connection connection) throws SQLException;
}
