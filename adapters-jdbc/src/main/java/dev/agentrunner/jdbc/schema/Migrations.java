package dev.agentrunner.jdbc.schema;

import java.util.List;
import java.util.logging.Level;
import java.util.logging.Logger;
import javax.sql.DataSource;
import org.flywaydb.core.Flyway;
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
     */
    public static void migrate(DataSource database, String folder, MigrationVersion target) {
        if (FLYWAY.getLevel() == null) {
            FLYWAY.setLevel(Level.WARNING);
        }
        Flyway.configure(Migrations.class.getClassLoader())
                .dataSource(database)
                .resourceProvider(ScriptFolder.of(folder))
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
    public static void migrate(DataSource database, String folder) {
        migrate(database, folder, MigrationVersion.LATEST);
    }
}
