package dev.agentrunner.jdbc;

import dev.agentrunner.spi.artifact.ArtifactStore;
import dev.agentrunner.spi.model.Blob;
import dev.agentrunner.tck.ArtifactStoreContract;
import dev.agentrunner.tck.fixture.ManualClock;
import java.nio.file.Path;
import java.time.Duration;
import java.util.HexFormat;
import org.junit.jupiter.api.io.TempDir;

class SqliteArtifactsContractTest extends ArtifactStoreContract {

    @TempDir
    Path folder;

    private final ManualClock clock = ManualClock.standing();
    private SqliteStore store;

    @Override
    protected ArtifactStore open() {
        store = SqliteStore.at(SqliteFiles.migrated(file()), clock);
        return store.artifacts();
    }

    private Path file() {
        return folder.resolve("runs.db");
    }

    @Override
    protected void dispose() {
        store.close();
    }

    @Override
    protected void corrupt(Blob blob) {
        changeLastChunk(
                blob,
                "substr(bytes, 1, length(bytes) - 1) || CASE substr(bytes, -1) WHEN x'00' THEN x'01' ELSE x'00' END");
    }

    @Override
    protected void shorten(Blob blob) {
        changeLastChunk(blob, "substr(bytes, 1, length(bytes) - 1)");
    }

    private void changeLastChunk(Blob blob, String change) {
        RawSql.on(file())
                .run("UPDATE ar_blob_chunks SET bytes = CAST(" + change + " AS BLOB) WHERE sha256 = '" + blob.sha256()
                        + "' AND n = (SELECT max(n) FROM ar_blob_chunks WHERE sha256 = '" + blob.sha256() + "')");
    }

    @Override
    protected void lose(Blob blob) {
        RawSql.on(file()).run("DELETE FROM ar_blobs WHERE sha256 = '" + blob.sha256() + "'");
    }

    @Override
    protected void age(Duration by) {
        clock.advance(by);
    }

    /** The first chunk of two is written, the blob not yet complete. */
    @Override
    protected void crashPut(byte[] half) {
        String sum = "ab".repeat(32);
        RawSql.on(file())
                .run(
                        "INSERT INTO ar_blobs (sha256, size, complete, touched_at) VALUES ('" + sum + "', "
                                + 2 * half.length + ", 0, " + clock.millis() + ")",
                        "INSERT INTO ar_blob_chunks (sha256, n, bytes) VALUES ('" + sum + "', 0, x'"
                                + HexFormat.of().formatHex(half) + "')");
    }

    @Override
    protected long countStored() {
        return RawSql.on(file())
                .number("SELECT (SELECT count(*) FROM ar_blobs) + (SELECT count(*) FROM ar_blob_chunks)");
    }
}
