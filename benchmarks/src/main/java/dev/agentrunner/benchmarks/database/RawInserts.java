package dev.agentrunner.benchmarks.database;

import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.ArrayList;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/**
 * The bound: how fast the rows that the engine left behind can be written into empty tables of the same
 * shape, in large batches, by a program that has nothing else to do.
 */
public final class RawInserts {

    private static final List<String> TABLES = List.of("ar_runs", "ar_run_details", "ar_steps", "ar_events");
    private static final int ROWS_PER_COMMIT = 1_000;

    private RawInserts() {}

    /** Gives the statements that create an empty table like another one, with its keys and indexes, without its triggers. */
    @FunctionalInterface
    public interface Copies {
        List<String> of(String table, Connection connection) throws Exception;
    }

    /** Runs per second, as many as the database holds. */
    public static double runsPerSecond(Database database) throws Exception {
        try (Connection connection = database.connect()) {
            return runsPerSecond(connection, database::copyOf);
        }
    }

    /** Runs per second, as many as the database holds; leaves the connection without auto-commit. */
    public static double runsPerSecond(Connection connection, Copies copies) throws Exception {
        Map<String, List<Object[]>> rows = new LinkedHashMap<>();
        for (String table : TABLES) {
            rows.put(table, read(connection, table));
            for (String statement : copies.of(table, connection)) {
                execute(connection, statement);
            }
        }
        connection.setAutoCommit(false);
        long begin = System.nanoTime();
        for (Map.Entry<String, List<Object[]>> table : rows.entrySet()) {
            write(connection, table.getKey().replace("ar_", "raw_"), table.getValue());
        }
        long nanos = System.nanoTime() - begin;
        return rows.getOrDefault("ar_runs", List.of()).size() * 1e9 / nanos;
    }

    private static List<Object[]> read(Connection connection, String table) throws SQLException {
        List<Object[]> rows = new ArrayList<>();
        try (Statement statement = connection.createStatement();
                ResultSet found = statement.executeQuery("select * from " + table)) {
            int columns = found.getMetaData().getColumnCount();
            while (found.next()) {
                Object[] row = new Object[columns];
                for (int i = 0; i < columns; i++) {
                    row[i] = found.getObject(i + 1);
                }
                rows.add(row);
            }
        }
        return rows;
    }

    private static void write(Connection connection, String table, List<Object[]> rows) throws SQLException {
        String places = String.join(",", Collections.nCopies(rows.get(0).length, "?"));
        try (PreparedStatement insert =
                connection.prepareStatement("insert into " + table + " values (" + places + ")")) {
            int waiting = 0;
            for (Object[] row : rows) {
                for (int i = 0; i < row.length; i++) {
                    insert.setObject(i + 1, row[i]);
                }
                insert.addBatch();
                if (++waiting == ROWS_PER_COMMIT) {
                    insert.executeBatch();
                    connection.commit();
                    waiting = 0;
                }
            }
            insert.executeBatch();
            connection.commit();
        }
    }

    private static void execute(Connection connection, String sql) throws SQLException {
        try (Statement statement = connection.createStatement()) {
            statement.execute(sql);
        }
    }
}
