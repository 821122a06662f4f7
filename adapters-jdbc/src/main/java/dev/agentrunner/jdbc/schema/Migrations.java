package dev.agentrunner.jdbc.schema;

import dev.agentrunner.spi.error.AgentRunnerException;
import java.sql.SQLException;
import java.util.List;
import java.util.logging.Level;
import java.util.logging.Logger;
import javax.sql.DataSource;
import org.flywaydb.core.Flyway;
import org.flywaydb.core.api.FlywayException;
import org.flywaydb.core.api.MigrationVersion;

/**
 * Brings a schema up to date. Uses a history table of its own and only the scripts that it is given, so that a host
 * application's migrations are not disturbed, and accepts a schema that already holds the host's tables.
 */
public final class Migrations {

    private static final String HISTORY = "ar_schema_history";

    /** Held strongly, because a logger that nobody holds forgets its level. */
    private static final Logger FLYWAY = Logger.getLogger("org.flywaydb");

    private Migrations() {}

    /**
     * Applies what is missing up to a version.
     *
     * @param folder where the scripts and the file that lists them are, such as {@code dev/agentrunner/jdbc/sqlite}
     * @param target the last version to apply
     * @throws SQLException if the database cannot be reached, or fails in the middle
     * @throws AgentRunnerException if the schema there is none that can be migrated
     */
    public static void migrate(DataSource database, String folder, MigrationVersion target) throws SQLException {
        try {
            apply(database, folder, target);
        } catch (FlywayException e) {
            for (Throwable cause = e.getCause(); cause != null; cause = cause.getCause()) {
                if (cause instanceof SQLException failure) {
                    throw failure;
                }
            }
            throw new AgentRunnerException(
                    "The tables of this store cannot be brought up to date, because they are of another version or were"
                            + " changed by hand: " + e.getMessage()
                            + ". Use the version that made them, or a new database",
                    e);
        }
    }

    private static void apply(DataSource database, String folder, MigrationVersion target) {
        ScriptFolder scripts = ScriptFolder.of(folder);
        if (History.holds(database, HISTORY, scripts)) {
            return;
        }
        if (FLYWAY.getLevel() == null) {
            FLYWAY.setLevel(Level.WARNING);
        }
        Flyway.configure(Migrations.class.getClassLoader())
                .dataSource(database)
                .resourceProvider(scripts)
                .javaMigrationClassProvider(List::of)
                .placeholderReplacement(false)
                .table(HISTORY)
                .target(target)
                .baselineOnMigrate(true)
                .baselineVersion("0")
                .load()
                .migrate();
    }

    /** Applies all that is missing. */
    public static void migrate(DataSource database, String folder) throws SQLException {
        migrate(database, folder, MigrationVersion.LATEST);
    }
}
