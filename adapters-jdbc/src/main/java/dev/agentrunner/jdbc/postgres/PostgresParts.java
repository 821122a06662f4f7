package dev.agentrunner.jdbc.postgres;

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
import java.sql.Connection;
import java.sql.SQLException;
import java.util.concurrent.atomic.AtomicLong;
import java.util.stream.Stream;
import javax.sql.DataSource;

/** The parts of a store in PostgreSQL, wired. */
public record PostgresParts(
        String description,
        RunLog log,
        RunQueue queue,
        RunCatalog catalog,
        RunRetention retention,
        ArtifactStore artifacts,
        Access access,
        AtomicLong resolvedCommits,
        Runnable closing) {

    /** Migrates the schema and connects everything. */
    public static PostgresParts open(DataSource database, int lanes) {
        String description = "postgres";
        String self;
        try {
            PostgresMigrations.migrate(database);
            description = describe(database);
            self = PostgresMigrations.newStoreName(database);
        } catch (SQLException e) {
            throw new StoreUnavailableException(description, e);
        }
        PostgresDialect dialect = new PostgresDialect(description);
        PostgresConnections connections = new PostgresConnections(database, dialect);
        Followers followers = new Followers();
        NodeLine line = new NodeLine(database, self, followers);
        Notifier notifier = new Notifier(connections, self);
        // What happens here is told here at once, and to other nodes by the notifier.
        Followers here = new Followers();
        here.followTogether(followers::tell);
        here.followTogether(notifier::offer);
        AtomicLong resolved = new AtomicLong();
        GroupCommitter committer = new GroupCommitter(
                dialect,
                Stream.generate(() -> new PostgresBatchWriter(database, dialect, resolved))
                        .limit(lanes)
                        .toList(),
                here);
        return new PostgresParts(
                description,
                new PostgresRunLog(
                        new CommittedRunLog(committer, followers, new EventReader(connections, dialect)),
                        connections,
                        dialect),
                new PostgresRunQueue(connections, line, here),
                new SqlRunCatalog(connections, dialect),
                new SqlRetention(connections, dialect),
                new TableArtifacts(connections, dialect),
                Access.in(connections, dialect),
                resolved,
                () -> {
                    committer.close();
                    notifier.close();
                    line.close();
                    connections.close();
                });
    }

    /** The address without its parameters, which may hold secrets. */
    private static String describe(DataSource database) throws SQLException {
        try (Connection connection = database.getConnection()) {
            String url = connection.getMetaData().getURL();
            int parameters = url.indexOf('?');
            return (parameters < 0 ? url : url.substring(0, parameters)).replaceFirst("^jdbc:postgresql:", "postgres:");
        }
    }
}
