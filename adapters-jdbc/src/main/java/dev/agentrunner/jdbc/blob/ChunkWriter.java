package dev.agentrunner.jdbc.blob;

import dev.agentrunner.jdbc.sql.Connections;
import dev.agentrunner.jdbc.sql.Dialect;
import dev.agentrunner.jdbc.sql.Query;
import dev.agentrunner.spi.model.Blob;
import java.io.IOException;
import java.io.InputStream;
import java.sql.Connection;
import java.sql.SQLException;
import java.util.List;

/** Writes one blob. Several writers of the same bytes complete each other's work. */
final class ChunkWriter {

    static final int CHUNK = 256 * 1024;

    private final Connections connections;
    private final Dialect dialect;
    private final Blob blob;

    ChunkWriter(Connections connections, Dialect dialect, Blob blob) {
        this.connections = connections;
        this.dialect = dialect;
        this.blob = blob;
    }

    /** How many chunks a blob has. */
    static long chunks(Blob blob) {
        return (blob.size() + CHUNK - 1) / CHUNK;
    }

    /** Each chunk renews the blob's age, so that a slow put is not swept from under its feet. */
    void write(Spool spool) throws IOException {
        try (InputStream bytes = spool.open()) {
            connections.write(this::begin);
            int n = 0;
            for (byte[] chunk = bytes.readNBytes(CHUNK); chunk.length > 0; chunk = bytes.readNBytes(CHUNK)) {
                byte[] written = chunk;
                int position = n++;
                connections.write(connection -> write(connection, position, written));
            }
            connections.write(this::complete);
        }
    }

    private int begin(Connection connection) throws SQLException {
        return new Query(dialect)
                .add(
                        "INSERT INTO ar_blobs (sha256, size, complete, touched_at) VALUES (?, ?, ?, ?)",
                        blob.sha256(),
                        blob.size(),
                        false,
                        dialect.now(connection))
                .add("ON CONFLICT (sha256) DO UPDATE SET touched_at = excluded.touched_at")
                .update(connection);
    }

    /** Adds nothing if the blob was swept since; the count of chunks then tells. */
    private int write(Connection connection, int n, byte[] bytes) throws SQLException {
        int present = new Query(dialect)
                .add("UPDATE ar_blobs SET touched_at = ? WHERE sha256 = ?", dialect.now(connection), blob.sha256())
                .update(connection);
        return present == 0
                ? 0
                : new Query(dialect)
                        .add("INSERT INTO ar_blob_chunks (sha256, n, bytes) VALUES (?, ?, ?)", blob.sha256(), n, bytes)
                        .add("ON CONFLICT (sha256, n) DO NOTHING")
                        .update(connection);
    }

    private int complete(Connection connection) throws SQLException {
        int present = new Query(dialect)
                .add("UPDATE ar_blobs SET touched_at = ? WHERE sha256 = ?", dialect.now(connection), blob.sha256())
                .update(connection);
        List<Long> found = new Query(dialect)
                .add("SELECT count(*) AS chunks FROM ar_blob_chunks WHERE sha256 = ?", blob.sha256())
                .list(connection, row -> row.getLong("chunks"));
        return present == 0 || found.get(0) != chunks(blob)
                ? 0
                : new Query(dialect)
                        .add("UPDATE ar_blobs SET complete = ? WHERE sha256 = ?", true, blob.sha256())
                        .update(connection);
    }
}
