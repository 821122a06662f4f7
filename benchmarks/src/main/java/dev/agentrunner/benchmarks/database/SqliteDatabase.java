package dev.agentrunner.benchmarks.database;

import dev.agentrunner.jdbc.SqliteStore;
import dev.agentrunner.spi.store.Store;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.stream.Stream;

/** SQLite in a temporary folder: WAL, {@code synchronous=FULL}. */
public final class SqliteDatabase implements Database {

    private final Path folder;

    public SqliteDatabase() throws IOException {
        folder = Files.createTempDirectory("agent-runner-bench");
    }

    @Override
    public Store store() {
        return SqliteStore.at(folder.resolve("bench.db"));
    }

    @Override
    public String url() {
        return "jdbc:sqlite:" + folder.resolve("bench.db");
    }

    @Override
    public Connection connect() throws SQLException {
        Connection connection = DriverManager.getConnection(url());
        try (Statement statement = connection.createStatement()) {
            statement.execute("pragma busy_timeout = 30000");
            statement.execute("pragma journal_mode = wal");
            statement.execute("pragma synchronous = full");
        }
        return connection;
    }

    @Override
    public List<String> copyOf(String table, Connection connection) throws SQLException {
        List<String> statements = new ArrayList<>();
        try (PreparedStatement query = connection.prepareStatement(
                "select sql from sqlite_master where tbl_name = ? and type in ('table', 'index') and sql is not null")) {
            query.setString(1, table);
            try (ResultSet rows = query.executeQuery()) {
                while (rows.next()) {
                    statements.add(rows.getString(1).replace("ar_", "raw_"));
                }
            }
        }
        return statements;
    }

    @Override
    public void close() throws IOException {
        try (Stream<Path> files = Files.walk(folder)) {
            for (Path each : files.sorted(Comparator.reverseOrder()).toList()) {
                Files.delete(each);
            }
        }
    }
}
