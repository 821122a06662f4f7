package dev.agentrunner.jdbc.sql;

import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** A statement in the making: text and the parameters that belong to it. */
public final class Query {

    private final Dialect dialect;
    private final StringBuilder sql = new StringBuilder();
    private final List<@Nullable Object> parameters = new ArrayList<>();

    public Query(Dialect dialect) {
        this.dialect = dialect;
    }

    /** Appends text with as many question marks as values follow. */
    public Query add(String text, @Nullable Object... values) {
        sql.append(text).append(' ');
        Collections.addAll(parameters, values);
        return this;
    }

    /** Appends a parenthesised list of at least one value. */
    public Query addList(List<?> values) {
        return add("(" + "?, ".repeat(values.size() - 1) + "?)", values.toArray());
    }

    /** How many rows were written. */
    public int update(Connection connection) throws SQLException {
        try (PreparedStatement statement = prepare(connection)) {
            return statement.executeUpdate();
        }
    }

    private PreparedStatement prepare(Connection connection) throws SQLException {
        PreparedStatement statement = connection.prepareStatement(sql.toString());
        try {
            for (int i = 0; i < parameters.size(); i++) {
                dialect.bind(statement, i + 1, parameters.get(i));
            }
            return statement;
        } catch (SQLException | RuntimeException e) {
            statement.close();
            throw e;
        }
    }

    /** All rows, in the order of the statement. */
    public <T> List<T> list(Connection connection, RowMapper<T> mapper) throws SQLException {
        try (PreparedStatement statement = prepare(connection)) {
            List<T> rows = new ArrayList<>();
            try (ResultSet result = statement.executeQuery()) {
                while (result.next()) {
                    rows.add(mapper.map(result));
                }
            }
            return rows;
        }
    }

    /** Makes something of the row on which the result stands. */
    @FunctionalInterface
    public interface RowMapper<T> {
        T map(ResultSet row) throws SQLException;
    }
}
