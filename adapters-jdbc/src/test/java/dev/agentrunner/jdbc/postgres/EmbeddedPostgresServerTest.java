package dev.agentrunner.jdbc.postgres;

import static org.assertj.core.api.Assertions.assertThat;

import dev.agentrunner.jdbc.postgres.embedded.EmbeddedPostgresServer;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import org.junit.jupiter.api.Test;

class EmbeddedPostgresServerTest {

    @Test
    void it_is_durable_like_a_production_server() throws SQLException {
        String url = EmbeddedPostgresServer.shared().newDatabase();

        assertThat(show(url, "fsync")).isEqualTo("on");
        assertThat(show(url, "synchronous_commit")).isEqualTo("on");
        assertThat(show(url, "full_page_writes")).isEqualTo("on");
    }

    @Test
    void it_keeps_what_was_committed_over_a_crash() throws SQLException {
        try (EmbeddedPostgresServer server = EmbeddedPostgresServer.start()) {
            String url = server.newDatabase();
            execute(url, "CREATE TABLE kept AS SELECT 7 AS n");

            server.crash();
            server.restart();

            assertThat(show(url, "fsync")).isEqualTo("on");
            execute(url, "INSERT INTO kept VALUES (8)");
        }
    }

    private static void execute(String url, String sql) throws SQLException {
        try (Connection connection = DriverManager.getConnection(url);
                Statement statement = connection.createStatement()) {
            statement.execute(sql);
        }
    }

    private static String show(String url, String setting) throws SQLException {
        try (Connection connection = DriverManager.getConnection(url);
                Statement statement = connection.createStatement();
                ResultSet row = statement.executeQuery("SHOW " + setting)) {
            row.next();
            return row.getString(1);
        }
    }
}
