package dev.agentrunner.jdbc.postgres;

import com.zaxxer.hikari.HikariDataSource;
import dev.agentrunner.jdbc.PostgresStore;
import dev.agentrunner.spi.artifact.ArtifactStore;
import dev.agentrunner.spi.model.Blob;
import dev.agentrunner.tck.ArtifactStoreContract;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Duration;
import java.util.Arrays;
import java.util.Objects;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;

final class PostgresArtifactsContractTest extends ArtifactStoreContract {

    private static HikariDataSource pool = new HikariDataSource();
    private static @Nullable PostgresStore store;

    @BeforeAll
    static void openDatabase() {
        pool = TestDatabases.fresh();
        store = PostgresStore.on(pool);
    }

    @AfterAll
    static void closeDatabase() {
        Objects.requireNonNull(store).close();
        pool.close();
    }

    @Override
    protected ArtifactStore open() throws SQLException {
        update("TRUNCATE ar_blobs, ar_blob_chunks");
        return Objects.requireNonNull(store).artifacts();
    }

    @Override
    protected void corrupt(Blob blob) throws SQLException {
        update(
                "UPDATE ar_blob_chunks SET bytes = set_byte(bytes, 0, get_byte(bytes, 0) # 1) WHERE sha256 = ? AND n = 0",
                blob.sha256());
    }

    @Override
    protected void shorten(Blob blob) throws SQLException {
        update(
                "UPDATE ar_blob_chunks c SET bytes = substring(bytes FOR length(bytes) - 1) WHERE sha256 = ?"
                        + " AND n = (SELECT max(n) FROM ar_blob_chunks m WHERE m.sha256 = c.sha256)",
                blob.sha256());
    }

    @Override
    protected void lose(Blob blob) throws SQLException {
        update("DELETE FROM ar_blobs WHERE sha256 = ?", blob.sha256());
    }

    @Override
    protected void age(Duration by) throws SQLException {
        update("UPDATE ar_blobs SET touched_at = touched_at - ? * interval '1 second'", by.toSeconds());
    }

    @Override
    protected void crashPut(byte[] half) throws SQLException {
        String sha256 = "ab".repeat(32);
        update(
                "INSERT INTO ar_blobs (sha256, size, complete, touched_at) VALUES (?, ?, false, clock_timestamp())",
                sha256,
                2L * half.length);
        update(
                "INSERT INTO ar_blob_chunks (sha256, n, bytes) VALUES (?, 0, ?)",
                sha256,
                Arrays.copyOf(half, half.length));
    }

    @Override
    protected long countStored() throws SQLException {
        try (Connection connection = pool.getConnection();
                PreparedStatement statement = connection.prepareStatement(
                        "SELECT (SELECT count(*) FROM ar_blobs) + (SELECT count(*) FROM ar_blob_chunks)");
                ResultSet row = statement.executeQuery()) {
            row.next();
            return row.getLong(1);
        }
    }

    private static void update(String sql, Object... values) throws SQLException {
        try (Connection connection = pool.getConnection();
                PreparedStatement statement = connection.prepareStatement(sql)) {
            for (int i = 0; i < values.length; i++) {
                statement.setObject(i + 1, values[i]);
            }
            statement.executeUpdate();
        }
    }
}
