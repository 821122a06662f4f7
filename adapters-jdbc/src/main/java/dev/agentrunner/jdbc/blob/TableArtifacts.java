package dev.agentrunner.jdbc.blob;

import dev.agentrunner.jdbc.sql.Connections;
import dev.agentrunner.jdbc.sql.Dialect;
import dev.agentrunner.jdbc.sql.Query;
import dev.agentrunner.spi.artifact.ArtifactStore;
import dev.agentrunner.spi.artifact.CorruptBlobException;
import dev.agentrunner.spi.artifact.MissingBlobException;
import dev.agentrunner.spi.model.Blob;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Set;

/**
 * Keeps bytes in tables, in chunks. A blob's row comes first and is marked complete after its last chunk, in small
 * transactions, so that a large blob holds nobody up; what a crash leaves behind is incomplete, seen by nobody, and swept
 * when it is old.
 */
public final class TableArtifacts implements ArtifactStore {

    private static final int SWEPT_AT_ONCE = 100;

    private final Connections connections;
    private final Dialect dialect;

    public TableArtifacts(Connections connections, Dialect dialect) {
        this.connections = connections;
        this.dialect = dialect;
    }

    @Override
    public Blob put(InputStream bytes) throws IOException {
        try (Spool spool = Spool.of(bytes)) {
            Blob blob = new Blob(spool.size(), spool.sha256(), "table:" + spool.sha256());
            while (!touch(blob)) {
                new ChunkWriter(connections, dialect, blob).write(spool);
            }
            return blob;
        }
    }

    /** Whether the blob was there, with all its chunks; it then counts as new. */
    private boolean touch(Blob blob) {
        return connections.write(connection -> new Query(dialect)
                        .add("UPDATE ar_blobs SET touched_at = ?", dialect.now(connection))
                        .add("WHERE sha256 = ? AND complete = ?", blob.sha256(), true)
                        .add("AND (SELECT count(*) FROM ar_blob_chunks c WHERE c.sha256 = ?)", blob.sha256())
                        .add("= ?", ChunkWriter.chunks(blob))
                        .update(connection)
                > 0);
    }

    @Override
    public InputStream open(Blob blob, long offset, long length) throws IOException {
        if (offset < 0 || length < 0 || offset > blob.size() - length) {
            throw new IllegalArgumentException(
                    "Bytes " + offset + " to " + offset + " + " + length + " are not within the " + blob.size());
        }
        Query query = new Query(dialect)
                .add("SELECT size FROM ar_blobs WHERE sha256 = ? AND complete = ?", blob.sha256(), true);
        List<Long> sizes = connections.read(connection -> query.list(connection, row -> row.getLong("size")));
        if (sizes.isEmpty()) {
            throw new MissingBlobException(blob);
        }
        if (sizes.get(0) != blob.size()) {
            throw new CorruptBlobException(blob, sizes.get(0) + " bytes");
        }
        InputStream chunks = new ChunkStream(connections, dialect, blob, offset, length);
        if (length == blob.size() && length > 0) {
            return new VerifyingStream(chunks, blob);
        }
        return length == 0 ? new ByteArrayInputStream(new byte[0]) : chunks;
    }

    /** A blob that never became complete is not one: nobody is asked about it, and it is not counted. */
    @Override
    public int sweep(Duration minAge, Listing listing) {
        Instant until = connections.read(connection -> before(dialect.now(connection), minAge));
        int deleted = 0;
        String last = "";
        for (List<Old> batch = old(until, last); !batch.isEmpty(); batch = old(until, last)) {
            List<String> complete =
                    batch.stream().filter(Old::complete).map(Old::sha256).toList();
            Set<String> listed = complete.isEmpty() ? Set.of() : listing.among(complete);
            for (Old blob : batch) {
                if (!listed.contains(blob.sha256)) {
                    deleted += delete(blob, until);
                }
            }
            last = batch.get(batch.size() - 1).sha256;
        }
        return deleted;
    }

    private record Old(String sha256, boolean complete) {}

    private List<Old> old(Instant until, String after) {
        Query query = new Query(dialect)
                .add("SELECT sha256, complete FROM ar_blobs WHERE touched_at <= ? AND sha256 > ?", until, after)
                .add("ORDER BY sha256 LIMIT ?", SWEPT_AT_ONCE);
        return connections.read(connection ->
                query.list(connection, row -> new Old(row.getString("sha256"), row.getBoolean("complete"))));
    }

    /** Stays if a put or a commit since the listing was asked has made it young or listed. */
    private int delete(Old blob, Instant until) {
        int deleted = connections.write(connection -> new Query(dialect)
                .add("DELETE FROM ar_blobs WHERE sha256 = ? AND touched_at <= ?", blob.sha256, until)
                .add("AND (complete = ? OR NOT EXISTS", false)
                .add("(SELECT 1 FROM ar_artifacts a WHERE a.sha256 = ?))", blob.sha256)
                .update(connection));
        return blob.complete ? deleted : 0;
    }

    private static Instant before(Instant now, Duration age) {
        return age.compareTo(Duration.between(Instant.EPOCH, now)) > 0 ? Instant.EPOCH : now.minus(age);
    }
}
