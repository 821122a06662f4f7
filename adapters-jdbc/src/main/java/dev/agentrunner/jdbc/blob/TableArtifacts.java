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

    /** Whether the blob was there; it then counts as new. */
    private boolean touch(Blob blob) {
        return connections.write(connection -> new Query(dialect)
                        .add("UPDATE ar_blobs SET touched_at = ?", dialect.now(connection))
                        .add("WHERE sha256 = ? AND complete = ?", blob.sha256(), true)
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

    @Override
    public int sweep(Duration minAge, Listing listing) {
        int deleted = 0;
        String last = "";
        Instant until = connections.read(connection -> before(dialect.now(connection), minAge));
        while (true) {
            Query query = new Query(dialect)
                    .add("SELECT sha256 FROM ar_blobs WHERE touched_at <= ? AND sha256 > ?", until, last)
                    .add("ORDER BY sha256 LIMIT ?", SWEPT_AT_ONCE);
            List<String> old = connections.read(connection -> query.list(connection, row -> row.getString("sha256")));
            if (old.isEmpty()) {
                return deleted;
            }
            Set<String> listed = listing.among(old);
            for (String sha256 : old) {
                deleted += listed.contains(sha256) ? 0 : delete(sha256, until);
            }
            last = old.get(old.size() - 1);
        }
    }

    /** Stays if a put or a commit since the listing was asked has made it young or listed. */
    private int delete(String sha256, Instant until) {
        return connections.write(connection -> new Query(dialect)
                .add("DELETE FROM ar_blobs WHERE sha256 = ? AND touched_at <= ?", sha256, until)
                .add("AND NOT EXISTS (SELECT 1 FROM ar_artifacts a WHERE a.sha256 = ?)", sha256)
                .update(connection));
    }

    private static Instant before(Instant now, Duration age) {
        return age.compareTo(Duration.between(Instant.EPOCH, now)) > 0 ? Instant.EPOCH : now.minus(age);
    }
}
