package dev.agentrunner.benchmarks.peer;

import dev.agentrunner.benchmarks.database.Database;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.concurrent.Callable;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.LockSupport;

/** What it takes when each row is a transaction. */
final class SingleRows {

    private static final String INSERT = "insert into single values (?)";
    private static final String ROW = "x".repeat(200);

    private SingleRows() {}

    /** Durable rows per second, with 24 connections where the database can use them. */
    static double perSecond(Database database, int seconds) throws Exception {
        try (Connection connection = database.connect()) {
            create(connection);
        }
        int writers = database.url().startsWith("jdbc:sqlite:") ? 1 : 24; // SQLite has one writer at a time
        ExecutorService threads = Executors.newFixedThreadPool(writers);
        try {
            List<Callable<Long>> all = new ArrayList<>();
            for (int i = 0; i < writers; i++) {
                all.add(() -> write(database, TimeUnit.SECONDS.toNanos(seconds)));
            }
            long rows = 0;
            for (Future<Long> each : threads.invokeAll(all)) {
                rows += each.get();
            }
            return (double) rows / seconds;
        } finally {
            threads.shutdownNow();
        }
    }

    /** How long one after the other takes, each after a moment of rest; nanoseconds, the shortest first. */
    static long[] lone(Connection connection, int rows) throws SQLException {
        create(connection);
        long[] nanos = new long[rows];
        try (PreparedStatement insert = connection.prepareStatement(INSERT)) {
            for (int i = -rows; i < rows; i++) {
                LockSupport.parkNanos(5_000_000L + 1_000_000L * (Math.abs(i) % 20));
                long begin = System.nanoTime();
                insert.setString(1, ROW);
                insert.executeUpdate();
                nanos[Math.max(0, i)] = System.nanoTime() - begin;
            }
        }
        Arrays.sort(nanos);
        return nanos;
    }

    private static void create(Connection connection) throws SQLException {
        try (Statement statement = connection.createStatement()) {
            statement.execute("create table single (row_text text)");
        }
    }

    private static long write(Database database, long nanos) throws Exception {
        try (Connection connection = database.connect();
                PreparedStatement insert = connection.prepareStatement(INSERT)) {
            long rows = 0;
            for (long end = System.nanoTime() + nanos; System.nanoTime() < end; rows++) {
                insert.setString(1, ROW);
                insert.executeUpdate();
            }
            return rows;
        }
    }
}
