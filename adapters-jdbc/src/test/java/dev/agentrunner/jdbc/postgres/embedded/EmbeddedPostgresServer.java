package dev.agentrunner.jdbc.postgres.embedded;

import io.zonky.test.db.postgres.embedded.EmbeddedPostgres;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.atomic.AtomicInteger;
import org.jspecify.annotations.Nullable;

/**
 * A PostgreSQL server from Maven, with fsync on. One is shared by all tests of a JVM; each test class makes a database
 * of its own. Servers that a killed JVM left behind are swept when the next one starts.
 */
public final class EmbeddedPostgresServer implements AutoCloseable {

    private static final Duration PATIENCE = Duration.ofMinutes(1);
    private static final AtomicInteger DATABASES = new AtomicInteger();

    private static @Nullable EmbeddedPostgresServer shared;

    private final int port;
    private final Path data;
    private final AtomicBoolean closed = new AtomicBoolean();

    private EmbeddedPostgresServer(int port, Path data) {
        this.port = port;
        this.data = data;
    }

    /** The server of this JVM; it stops with it. */
    public static synchronized EmbeddedPostgresServer shared() {
        if (shared == null) {
            EmbeddedPostgresServer server = start();
            Runtime.getRuntime().addShutdownHook(new Thread(server::close, "stop-embedded-postgres"));
            shared = server;
        }
        return shared;
    }

    /** A server of its own, to be closed by the caller. */
    public static EmbeddedPostgresServer start() {
        try {
            Path data = ServerFolders.create();
            EmbeddedPostgres server = EmbeddedPostgres.builder()
                    .setDataDirectory(data)
                    .setCleanDataDirectory(true)
                    .setPGStartupWait(PATIENCE)
                    .setRegisterShutdownHook(false)
                    .setServerConfig("fsync", "on")
                    .setServerConfig("synchronous_commit", "on")
                    .setServerConfig("max_connections", "200")
                    .start();
            return new EmbeddedPostgresServer(server.getPort(), data);
        } catch (IOException e) {
            throw new UncheckedIOException("No PostgreSQL could be started", e);
        }
    }

    public int port() {
        return port;
    }

    /** The address of a new, empty database. */
    public String newDatabase() {
        return newDatabase("template1");
    }

    /** The address of a new copy of a database that nobody is connected to. */
    public String newDatabase(String template) {
        String name = "agent_runner_" + DATABASES.incrementAndGet();
        execute("CREATE DATABASE " + name + " TEMPLATE " + template);
        return url(name);
    }

    /** Ends all connections to a database that {@link #newDatabase} made, and deletes it. */
    public void drop(String url) {
        execute("DROP DATABASE IF EXISTS " + name(url) + " WITH (FORCE)");
    }

    /** The name of the database at an address. */
    public static String name(String url) {
        return url.substring(url.lastIndexOf('/') + 1, url.indexOf('?'));
    }

    private void execute(String sql) {
        try (Connection connection = DriverManager.getConnection(url("postgres"));
                Statement statement = connection.createStatement()) {
            statement.execute(sql);
        } catch (SQLException e) {
            throw new IllegalStateException(sql + " failed", e);
        }
    }

    private String url(String database) {
        return "jdbc:postgresql://localhost:" + port + "/" + database + "?user=postgres&password=postgres";
    }

    /** From now on only a COMMIT makes anything durable: the processes that write in the background are frozen. */
    public void freezeBackground() {
        try (Connection connection = DriverManager.getConnection(url("postgres"));
                Statement statement = connection.createStatement();
                ResultSet pids = statement.executeQuery("SELECT pid FROM pg_stat_activity WHERE backend_type IN"
                        + " ('walwriter', 'background writer', 'checkpointer', 'autovacuum launcher')")) {
            while (pids.next()) {
                run(List.of("kill", "-STOP", pids.getString(1)));
            }
        } catch (SQLException e) {
            throw new IllegalStateException(e);
        }
    }

    /** Stops without saying goodbye to anybody, as after a power cut. */
    public void crash() {
        control(List.of("stop", "-m", "immediate", "-w"));
    }

    /** Starts again after {@link #crash}; recovers from the log. */
    public void restart() {
        control(List.of(
                "start",
                "-w",
                "-l",
                data.resolveSibling("restart.log").toString(),
                "-o",
                "-p " + port + " -c fsync=on -c synchronous_commit=on -c max_connections=200"));
    }

    private void control(List<String> arguments) {
        List<String> command = new ArrayList<>();
        if ("root".equals(System.getProperty("user.name"))) {
            // PostgreSQL refuses to be root; within a user namespace of its own the process is nobody.
            command.addAll(List.of("unshare", "-U"));
        }
        command.add(ServerFolders.binaries(data).resolve("pg_ctl").toString());
        command.addAll(List.of("-D", data.toString()));
        command.addAll(arguments);
        run(command);
    }

    private void run(List<String> command) {
        try {
            Process process = new ProcessBuilder(command)
                    .redirectErrorStream(true)
                    .redirectOutput(data.resolveSibling("pg_ctl.log").toFile())
                    .start();
            if (!process.waitFor(PATIENCE.toSeconds(), TimeUnit.SECONDS) || process.exitValue() != 0) {
                throw new IllegalStateException(
                        command + " failed: " + Files.readString(data.resolveSibling("pg_ctl.log")));
            }
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new IllegalStateException(e);
        }
    }

    /** Ends the server and deletes its data. */
    @Override
    public void close() {
        if (closed.compareAndSet(false, true)) {
            if (Files.exists(data.resolve("postmaster.pid"))) {
                crash();
            }
            ServerFolders.delete(data.getParent());
        }
    }
}
