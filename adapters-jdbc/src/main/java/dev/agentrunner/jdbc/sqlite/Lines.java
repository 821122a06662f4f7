package dev.agentrunner.jdbc.sqlite;

import java.sql.PreparedStatement;
import java.sql.SQLException;
import java.sql.Types;
import org.jspecify.annotations.Nullable;

/** Gathers lines of parameters for one statement, and executes it for all of them. */
final class Lines {

    private final PreparedStatement statement;
    private int parameter;
    private int count;

    Lines(PreparedStatement statement) throws SQLException {
        this.statement = statement;
        statement.clearBatch();
    }

    Lines text(@Nullable String value) throws SQLException {
        statement.setString(++parameter, value);
        return this;
    }

    Lines number(long value) throws SQLException {
        statement.setLong(++parameter, value);
        return this;
    }

    Lines number(@Nullable Long value) throws SQLException {
        if (value == null) {
            statement.setNull(++parameter, Types.BIGINT);
            return this;
        }
        return number(value.longValue());
    }

    Lines flag(boolean value) throws SQLException {
        return number(value ? 1 : 0);
    }

    /** Ends a line. */
    void end() throws SQLException {
        statement.addBatch();
        parameter = 0;
        count++;
    }

    /** How many rows each line hit. */
    int[] write() throws SQLException {
        if (count == 0) {
            return new int[0];
        }
        count = 0;
        return statement.executeBatch();
    }
}
