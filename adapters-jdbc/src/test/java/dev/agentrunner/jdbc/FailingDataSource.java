package dev.agentrunner.jdbc;

import java.lang.reflect.InvocationTargetException;
import java.lang.reflect.Proxy;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.SQLException;
import java.sql.Statement;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.locks.LockSupport;
import javax.sql.DataSource;
import org.sqlite.SQLiteDataSource;
import org.sqlite.SQLiteErrorCode;

/** A data source on a SQLite file whose connections can be made to fail, or to be slow. */
final class FailingDataSource {

    /** How many COMMITs from now on take effect but report a failure. */
    final AtomicInteger lostAcknowledgements = new AtomicInteger();

    /** How many COMMITs from now on fail before they take effect. */
    final AtomicInteger failedCommits = new AtomicInteger();

    /** Whether failures are no exceptions, but errors of the JVM. */
    volatile boolean outOfMemory;

    /** How long each COMMIT waits while it holds the lock. */
    volatile Duration slowness = Duration.ZERO;

    private final SQLiteDataSource real = new SQLiteDataSource();
    private final List<Connection> opened = new CopyOnWriteArrayList<>();

    FailingDataSource(Path file) {
        real.setUrl("jdbc:sqlite:" + file);
    }

    DataSource get() {
        return proxy(DataSource.class, real, (name, result) -> result instanceof Connection c ? wrap(c) : result);
    }

    /** On every connection that was given out. */
    void execute(String sql) throws SQLException {
        for (Connection connection : opened) {
            if (!connection.isClosed()) {
                try (Statement statement = connection.createStatement()) {
                    statement.execute(sql);
                }
            }
        }
    }

    private Connection wrap(Connection connection) {
        opened.add(connection);
        return (Connection) Proxy.newProxyInstance(
                getClass().getClassLoader(), new Class<?>[] {Connection.class}, (self, method, arguments) -> {
                    Object result = call(() -> method.invoke(connection, arguments));
                    boolean commit = method.getName().equals("prepareStatement") && "COMMIT".equals(arguments[0]);
                    return commit ? wrapCommit((PreparedStatement) result) : result;
                });
    }

    private PreparedStatement wrapCommit(PreparedStatement statement) {
        return (PreparedStatement) Proxy.newProxyInstance(
                getClass().getClassLoader(), new Class<?>[] {PreparedStatement.class}, (self, method, arguments) -> {
                    boolean commits = method.getName().equals("execute");
                    if (commits && take(failedCommits)) {
                        throw failure();
                    }
                    if (commits) {
                        LockSupport.parkNanos(slowness.toNanos());
                    }
                    Object result = call(() -> method.invoke(statement, arguments));
                    if (commits && take(lostAcknowledgements)) {
                        throw failure();
                    }
                    return result;
                });
    }

    private static boolean take(AtomicInteger failures) {
        return failures.getAndUpdate(left -> Math.max(0, left - 1)) > 0;
    }

    private Throwable failure() {
        return outOfMemory
                ? new OutOfMemoryError("for a moment")
                : new SQLException("disk I/O error", null, SQLiteErrorCode.SQLITE_IOERR.code);
    }

    private interface Call {
        Object now() throws ReflectiveOperationException;
    }

    private interface Result {
        Object of(String method, Object result);
    }

    private static Object call(Call call) throws Throwable {
        try {
            return call.now();
        } catch (InvocationTargetException e) {
            throw e.getCause();
        }
    }

    private static <T> T proxy(Class<T> type, T real, Result change) {
        return type.cast(Proxy.newProxyInstance(
                FailingDataSource.class.getClassLoader(),
                new Class<?>[] {type},
                (self, method, arguments) -> change.of(method.getName(), call(() -> method.invoke(real, arguments)))));
    }
}
