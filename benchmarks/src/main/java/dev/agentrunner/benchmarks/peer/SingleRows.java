package dev.agentrunner.benchmarks.peer;

import dev.agentrunner.benchmarks.database.Database;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.Statement;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.Callable;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.TimeUnit;

/** Durable rows per second when each row is a transaction, with 24 connections where the database can use them. */
final class SingleRows {

    private static final String ROW = "x".repeat(200);

    private SingleRows() {}

    static double perSecond(Database database, int seconds) throws Exception {
        try (Connection connection = database.connect();
                Statement statement = connection.createStatement()) {
            statement.execute("create table single (row_text text)");
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

    private static long write(Database database, long nanos) throws Exception {
        try (Connection connection = database.connect();
                PreparedStatement insert = connection.prepareStatement("insert into single values (?)")) {
            long rows = 0;
            for (long end = System.nanoTime() + nanos; System.nanoTime() < end; rows++) {
                insert.setString(1, ROW);
                insert.executeUpdate();
            }
            return rows;
        }
    }
}
