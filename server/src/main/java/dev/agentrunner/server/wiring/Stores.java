package dev.agentrunner.server.wiring;

import com.zaxxer.hikari.HikariConfig;
import com.zaxxer.hikari.HikariDataSource;
import dev.agentrunner.files.FileArtifactStore;
import dev.agentrunner.jdbc.PostgresStore;
import dev.agentrunner.jdbc.SqliteStore;
import dev.agentrunner.server.config.Configuration;
import dev.agentrunner.server.config.ConfigurationException;
import dev.agentrunner.server.config.Setting;
import dev.agentrunner.spi.artifact.ArtifactStore;
import dev.agentrunner.spi.error.StoreUnavailableException;
import dev.agentrunner.spi.store.Store;
import java.nio.file.Path;
import java.util.Optional;

/** Opens the store that the settings name, and the place of its artifacts. */
public final class Stores {

    private static final String POSTGRES = "jdbc:postgresql:";
    private static final String FILE = "file:";
    private static final String DATABASE = "db:";

    private static final int LANES = 2;
    /** The store keeps one connection more than its lanes, and wants at least four for single calls. */
    private static final int CONNECTIONS = LANES + 1 + 9;

    private Stores() {}

    /** Whether the settings name a PostgreSQL database. */
    public static boolean onPostgres(Configuration configuration) {
        Optional<String> url = configuration.given(Setting.DB_URL);
        if (url.isPresent() && !url.get().startsWith(POSTGRES)) {
            throw new ConfigurationException(configuration.origin(Setting.DB_URL)
                    + " is no PostgreSQL database; it is such as " + POSTGRES
                    + "//localhost:5432/agent_runner, or empty for"
                    + " the SQLite file in the data folder");
        }
        return url.isPresent();
    }

    /**
     * Opens the store; a SQLite file is made if there is none.
     *
     * @throws ConfigurationException if the settings contradict each other
     * @throws StoreUnavailableException if the database cannot be reached
     */
    public static Store open(Configuration configuration) {
        return onPostgres(configuration)
                ? postgres(configuration)
                : SqliteStore.at(DataFolder.of(configuration).database());
    }

    private static Store postgres(Configuration configuration) {
        HikariConfig pool = new HikariConfig();
        pool.setPoolName("agent-runner");
        pool.setJdbcUrl(configuration.text(Setting.DB_URL));
        configuration.given(Setting.DB_USER).ifPresent(pool::setUsername);
        configuration.given(Setting.DB_PASSWORD).ifPresent(pool::setPassword);
        pool.setMaximumPoolSize(CONNECTIONS);
        pool.setMinimumIdle(0);
        // The store says itself that the database cannot be reached.
        pool.setInitializationFailTimeout(-1);
        pool.setConnectionTimeout(5_000);
        HikariDataSource database = new HikariDataSource(pool);
        try {
            return new PooledStore(PostgresStore.builder(database).lanes(LANES).open(), database);
        } catch (RuntimeException e) {
            database.close();
            throw e;
        }
    }

    /**
     * Where artifacts have their bytes.
     *
     * @throws ConfigurationException if the setting names no place
     */
    public static ArtifactStore artifacts(Configuration configuration, Store store) {
        String place = configuration.text(Setting.ARTIFACTS);
        if (place.startsWith(FILE) && place.length() > FILE.length()) {
            return FileArtifactStore.at(Path.of(place.substring(FILE.length())));
        }
        if (place.equals(DATABASE) || (place.isEmpty() && onPostgres(configuration))) {
            return store.artifacts();
        }
        if (place.isEmpty()) {
            return FileArtifactStore.at(DataFolder.of(configuration).artifacts());
        }
        throw new ConfigurationException(configuration.origin(Setting.ARTIFACTS) + " is '" + place
                + "', but must be db: or such as file:/shared/folder");
    }
}
