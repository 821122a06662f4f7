package dev.agentrunner.jdbc.postgres;

import java.lang.reflect.Array;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/** Several statements that go to the database in one round trip and are prepared there once per combination. */
final class Script {

    /** As the last statement of a script it spares a round trip; a connection takes note of it. */
    static final String COMMIT = "COMMIT";

    /** The tables may be small when a plan is made and huge when it is used, so plans must go by index. */
    private static final String PLANS = "set_config('enable_seqscan', 'off', true),"
            + " set_config('enable_bitmapscan', 'off', true), set_config('enable_hashjoin', 'off', true),"
            + " set_config('enable_mergejoin', 'off', true), set_config('plan_cache_mode', 'force_generic_plan', true),"
            + " set_config('jit', 'off', true)";

    private static final String SETTINGS = "SELECT set_config('synchronous_commit',"
            + " CASE WHEN current_setting('synchronous_commit') IN ('off', 'local') THEN 'on'"
            + " ELSE current_setting('synchronous_commit') END, true),"
            + " set_config('lock_timeout', '10s', true), set_config('idle_in_transaction_session_timeout', '30s', true), "
            + PLANS;

    /** The texts of all combinations, which are few: the driver knows a text again at once if it is the same object. */
    private static final Map<List<String>, String> TEXTS = new ConcurrentHashMap<>();

    /** What the driver sends as it is, not as text that both sides have to read. */
    private static final Map<String, Class<?>> BINARY =
            Map.of("text", String.class, "int4", Integer.class, "int8", Long.class, "bool", Boolean.class);

    private final Connection connection;
    private final List<String> statements = new ArrayList<>();
    private final List<@Nullable Object> values = new ArrayList<>();
    private final List<@Nullable RowReader> readers = new ArrayList<>();

    Script(Connection connection) {
        this.connection = connection;
    }

    /** The first script of a transaction that writes. */
    static Script transaction(Connection connection) {
        return new Script(connection)
                .add("SET TRANSACTION ISOLATION LEVEL READ COMMITTED, READ WRITE")
                .query(row -> {}, SETTINGS);
    }

    /** A script that reads, on a connection that commits by itself; it is a transaction all the same. */
    static Script reading(Connection connection) {
        return new Script(connection).query(row -> {}, "SELECT " + PLANS);
    }

    /** A statement without rows, with as many question marks as values. */
    Script add(String statement, @Nullable Object... parameters) {
        return append(null, statement, parameters);
    }

    /** A statement whose rows are read. */
    Script query(RowReader reader, String statement, @Nullable Object... parameters) {
        return append(reader, statement, parameters);
    }

    private Script append(@Nullable RowReader reader, String statement, @Nullable Object... parameters) {
        statements.add(statement);
        readers.add(reader);
        for (Object parameter : parameters) {
            values.add(parameter);
        }
        return this;
    }

    /** One column of the rows as an array parameter. */
    <T> java.sql.Array column(String type, List<T> rows, Function<? super T, @Nullable Object> value)
            throws SQLException {
        @Nullable Object[] cells = (Object[]) Array.newInstance(BINARY.getOrDefault(type, Object.class), rows.size());
        for (int i = 0; i < cells.length; i++) {
            cells[i] = value.apply(rows.get(i));
        }
        return connection.createArrayOf(type, cells);
    }

    void run() throws SQLException {
        String sql = TEXTS.computeIfAbsent(List.copyOf(statements), all -> String.join(";\n", all));
        try (PreparedStatement statement = connection.prepareStatement(sql)) {
            statement.setFetchSize(0); // rows that come in portions are lost when a COMMIT follows
            for (int i = 0; i < values.size(); i++) {
                statement.setObject(i + 1, values.get(i));
            }
            boolean rows = statement.execute();
            for (RowReader reader : readers) {
                if (reader != null && rows) {
                    read(statement, reader);
                }
                rows = statement.getMoreResults();
            }
        }
    }

    private static void read(PreparedStatement statement, RowReader reader) throws SQLException {
        try (ResultSet result = statement.getResultSet()) {
            while (result.next()) {
                reader.read(result);
            }
        }
    }

    /** Takes one row. */
    @FunctionalInterface
    interface RowReader {
        void read(ResultSet row) throws SQLException;
    }
}
