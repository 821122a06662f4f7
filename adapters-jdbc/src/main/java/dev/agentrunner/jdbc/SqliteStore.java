package dev.agentrunner.jdbc;

import dev.agentrunner.jdbc.sqlite.SqliteParts;
import dev.agentrunner.spi.error.StoreUnavailableException;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.InstantSource;
import javax.sql.DataSource;
import org.jspecify.annotations.Nullable;
import org.sqlite.SQLiteConfig;
import org.sqlite.SQLiteDataSource;
import org.sqlite.SQLiteOpenMode;

/**
 * Keeps runs in a SQLite file. Several processes on one machine may use the same file; put it on a local disk, because
 * network file systems do not lock reliably. Opening creates the file or brings its schema up to date. Thread-safe.
 */
public final class SqliteStore extends ComposedStore {

    private SqliteStore(String description, DataSource database, @Nullable Path lockFolder, InstantSource clock) {
        super(parts(description, SqliteParts.open(description, database, lockFolder, clock)));
    }

    /**
     * A store in this file; missing folders are made. Beside it appear SQLite's own {@code -wal} and {@code -shm}, a
     * {@code .lock} for opening, a {@code .turn} by which processes write in turn, and a folder {@code .nodes} that tells
     * when another process on this file has died.
     */
    public static SqliteStore at(Path dbFile) {
        return at(dbFile, InstantSource.system());
    }

    static SqliteStore at(Path dbFile, InstantSource clock) {
        Path file = dbFile.toAbsolutePath().normalize();
        String description = "sqlite:" + dbFile;
        try {
            Files.createDirectories(file.resolveSibling(".").normalize());
        } catch (IOException e) {
            throw new StoreUnavailableException(description, e);
        }
        SQLiteConfig config = new SQLiteConfig();
        // SQLite need not lock a connection for each call: the store gives each to one thread at a time.
        config.setOpenMode(SQLiteOpenMode.NOMUTEX);
        SQLiteDataSource database = new SQLiteDataSource(config);
        database.setUrl("jdbc:sqlite:" + file);
        return new SqliteStore(description, database, file.resolveSibling(file.getFileName() + ".nodes"), clock);
    }

    /**
     * A store in the file of this data source, of which up to five connections stay in use until the store is closed.
     * A node that dies is noticed by its missing heartbeat only.
     */
    public static SqliteStore of(DataSource database) {
        return of(database, InstantSource.system());
    }

    static SqliteStore of(DataSource database, InstantSource clock) {
        return new SqliteStore("sqlite", database, null, clock);
    }

    private static Parts parts(String description, SqliteParts parts) {
        return new Parts(
                description,
                parts.log(),
                parts.queue(),
                parts.catalog(),
                parts.retention(),
                parts.artifacts(),
                parts.access(),
                parts.closing());
    }
}
