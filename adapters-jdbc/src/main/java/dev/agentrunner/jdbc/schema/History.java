package dev.agentrunner.jdbc.schema;

import java.sql.Connection;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.HashMap;
import java.util.Map;
import javax.sql.DataSource;

/**
 * What a schema's history table says. Asking it costs a statement or two; to have Flyway find out that nothing is missing costs a
 * third of a second of CPU, which is most of the start of a small node.
 */
final class History {

    private History() {}

    /**
     * Whether exactly these scripts were applied, as they are now. False whenever there is the least doubt, such as a database
     * that cannot be reached: then Flyway is to look, and to say what is wrong.
     */
    static boolean holds(DataSource database, String table, ScriptFolder scripts) {
        try (Connection connection = database.getConnection()) {
            try {
                return isThere(connection, table) && applied(connection, table).equals(scripts.checksums());
            } finally {
                if (!connection.getAutoCommit()) {
                    connection.rollback(); // a host's pool gets it back as it was
                }
            }
        } catch (SQLException e) {
            return false;
        }
    }

    private static boolean isThere(Connection connection, String table) throws SQLException {
        try (ResultSet found = connection.getMetaData().getTables(null, connection.getSchema(), table, null)) {
            return found.next();
        }
    }

    /** In the schema that Flyway would use: others on the search path have other stores. */
    private static String qualified(Connection connection, String table) throws SQLException {
        String schema = connection.getSchema();
        return schema == null ? table : '"' + schema.replace("\"", "\"\"") + "\"." + table;
    }

    /** Checksums by script; also of scripts that failed, which no script has. */
    private static Map<String, Integer> applied(Connection connection, String table) throws SQLException {
        Map<String, Integer> checksums = new HashMap<>();
        try (Statement statement = connection.createStatement();
                ResultSet row = statement.executeQuery("SELECT script, checksum, success FROM "
                        + qualified(connection, table) + " WHERE type = 'SQL'")) {
            while (row.next()) {
                checksums.put(row.getBoolean(3) ? row.getString(1) : "failed " + row.getString(1), row.getInt(2));
            }
        }
        return checksums;
    }
}
