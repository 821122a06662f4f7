package dev.agentrunner.jdbc.sqlite;

import dev.agentrunner.jdbc.schema.Migrations;
import java.io.IOException;
import java.nio.channels.FileChannel;
import java.nio.channels.FileLock;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.util.concurrent.locks.ReentrantLock;
import org.flywaydb.core.api.MigrationVersion;

/** Prepares a database file, by one thread of one process at a time: SQLite has no lock of its own for that. */
final class SqliteSchema {

    static final String SCRIPTS = "dev/agentrunner/jdbc/sqlite";

    /** A file lock is held by the process as a whole and says nothing between its threads. */
    private static final ReentrantLock IN_THIS_PROCESS = new ReentrantLock();

    private SqliteSchema() {}

    /** Returns the database's file. */
    static Path prepare(SessionSource source, MigrationVersion target) throws SQLException, IOException {
        IN_THIS_PROCESS.lock();
        try (Session session = source.open()) {
            String file = databaseFile(session);
            Path lockFile = Path.of(file + ".lock");
            try (FileChannel channel = FileChannel.open(lockFile, StandardOpenOption.CREATE, StandardOpenOption.WRITE);
                    FileLock lock = channel.lock()) {
                assert lock.isValid();
                session.execute("PRAGMA journal_mode = WAL");
                Migrations.migrate(source.database(), SCRIPTS, target);
                return Path.of(file);
            }
        } finally {
            IN_THIS_PROCESS.unlock();
        }
    }

    private static String databaseFile(Session session) throws SQLException {
        try (ResultSet row = session.prepare("SELECT file FROM pragma_database_list WHERE name = 'main'")
                .executeQuery()) {
            String file = row.next() ? row.getString(1) : "";
            if (file == null || file.isEmpty()) {
                throw new SQLException("A SQLite database without a file cannot keep runs; give the store a file");
            }
            return file;
        }
    }
}
