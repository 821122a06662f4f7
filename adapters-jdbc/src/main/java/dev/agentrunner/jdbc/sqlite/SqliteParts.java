package dev.agentrunner.jdbc.sqlite;

import dev.agentrunner.jdbc.access.Access;
import dev.agentrunner.jdbc.blob.TableArtifacts;
import dev.agentrunner.jdbc.commit.CommittedRunLog;
import dev.agentrunner.jdbc.commit.Followers;
import dev.agentrunner.jdbc.commit.GroupCommitter;
import dev.agentrunner.jdbc.read.EventReader;
import dev.agentrunner.jdbc.read.SqlRunCatalog;
import dev.agentrunner.jdbc.retention.SqlRetention;
import dev.agentrunner.spi.artifact.ArtifactStore;
import dev.agentrunner.spi.catalog.RunCatalog;
import dev.agentrunner.spi.error.StoreUnavailableException;
import dev.agentrunner.spi.log.RunLog;
import dev.agentrunner.spi.queue.RunQueue;
import dev.agentrunner.spi.store.RunRetention;
import java.io.IOException;
import java.nio.file.Path;
import java.sql.SQLException;
import java.time.InstantSource;
import java.util.List;
import javax.sql.DataSource;
import org.flywaydb.core.api.MigrationVersion;
import org.jspecify.annotations.Nullable;

/** The parts of a store in SQLite, wired. */
public record SqliteParts(
        RunLog log,
        RunQueue queue,
        RunCatalog catalog,
        RunRetention retention,
        ArtifactStore artifacts,
        Access access,
        Runnable closing) {

    /**
     * Prepares the database and opens a store on it.
     *
     * @param lockFolder where nodes hold their locks; null: they hold none
     */
    public static SqliteParts open(
            String description, DataSource database, @Nullable Path lockFolder, InstantSource clock) {
        SessionSource source = new SessionSource(database);
        WriteTurn turn;
        try {
            turn = WriteTurn.on(SqliteSchema.prepare(source, MigrationVersion.LATEST));
        } catch (SQLException | IOException e) {
            throw new StoreUnavailableException(description, e);
        }
        SqliteDialect dialect = new SqliteDialect(description, clock);
        SqliteConnections connections = new SqliteConnections(dialect, source, turn);
        NodeLocks locks = lockFolder == null ? NodeLocks.NONE : new LockFolder(lockFolder);
        Followers followers = new Followers();
        GroupCommitter committer =
                new GroupCommitter(dialect, List.of(new SqliteBatchWriter(connections.writer(), dialect)), followers);
        return new SqliteParts(
                new CommittedRunLog(committer, followers, new EventReader(connections, dialect)),
                new SqliteQueue(connections, dialect, locks, followers),
                new SqlRunCatalog(connections, dialect),
                new SqlRetention(connections, dialect),
                new TableArtifacts(connections, dialect),
                Access.in(connections, dialect),
                () -> {
                    committer.close();
                    connections.close();
                    locks.close();
                });
    }
}
