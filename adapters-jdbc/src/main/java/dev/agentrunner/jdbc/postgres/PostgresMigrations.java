package dev.agentrunner.jdbc.postgres;

import dev.agentrunner.jdbc.schema.Migrations;
import java.sql.SQLException;
import javax.sql.DataSource;

/** Brings the schema up to date; of many nodes that start at once, one does it and the others wait. */
public final class PostgresMigrations {

    private static final String LOCATION = "dev/agentrunner/jdbc/postgres";
    private static final String KEY = "hashtextextended('agent-runner/schema/' || current_schema(), 0)";

    private PostgresMigrations() {}

    /** Needs two connections for as long as it takes. */
    public static void migrate(DataSource database) throws SQLException {
        LaneConnection guard = new LaneConnection(database, true, 0);
        try {
            new Script(guard.get())
                    .query(row -> {}, "SELECT pg_advisory_lock(" + KEY + ")")
                    .run();
            try {
                Migrations.migrate(database, LOCATION);
            } finally {
                new Script(guard.get())
                        .query(row -> {}, "SELECT pg_advisory_unlock(" + KEY + ")")
                        .run();
            }
        } finally {
            guard.close();
        }
    }

    /** A name that no other open store has. */
    public static String newStoreName(DataSource database) throws SQLException {
        StringBuilder name = new StringBuilder();
        try (LaneConnection connection = new LaneConnection(database, true, LaneConnection.READ_TIMEOUT_MILLIS)) {
            new Script(connection.get())
                    .query(row -> name.append(row.getString(1)), "SELECT gen_random_uuid()::text")
                    .run();
        }
        return name.toString();
    }
}
