package dev.agentrunner.jdbc.schema;

import java.util.logging.Level;
import java.util.logging.Logger;
import javax.sql.DataSource;
import org.flywaydb.core.Flyway;
import org.flywaydb.core.api.MigrationVersion;
import org.flywaydb.core.api.configuration.FluentConfiguration;

/**
 * Brings a schema up to date. Uses a history table of its own, so that a host application's migrations are not
 * disturbed, and accepts a schema that already holds the host's tables.
 */
public final class Migrations {

    private static final String HISTORY = "ar_schema_history";

    /** Held strongly, because a logger that nobody holds forgets its level. */
    private static final Logger FLYWAY = Logger.getLogger("org.flywaydb");

    private Migrations() {}

    /**
     * @param location where the scripts are, such as {@code dev/agentrunner/jdbc/sqlite}
     * @param target the last version to apply
     */
    public static void migrate(DataSource database, String location, MigrationVersion target) {
        if (FLYWAY.getLevel() == null) {
            FLYWAY.setLevel(Level.WARNING);
        }
        FluentConfiguration configuration = Flyway.configure(Migrations.class.getClassLoader())
                .dataSource(database)
                .locations("classpath:" + location)
                .table(HISTORY)
                .target(target)
                .baselineOnMigrate(true)
                .baselineVersion("0")
                .failOnMissingLocations(true);
        configuration.load().migrate();
    }

    public static void migrate(DataSource database, String location) {
        migrate(database, location, MigrationVersion.LATEST);
    }
}
