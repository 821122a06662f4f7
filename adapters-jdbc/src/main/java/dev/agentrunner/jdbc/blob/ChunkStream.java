package dev.agentrunner.jdbc.blob;

import dev.agentrunner.jdbc.sql.Connections;
import dev.agentrunner.jdbc.sql.Dialect;
import dev.agentrunner.jdbc.sql.Query;
import dev.agentrunner.spi.artifact.CorruptBlobException;
import dev.agentrunner.spi.artifact.MissingBlobException;
import dev.agentrunner.spi.model.Blob;
import java.io.IOException;
import java.io.InputStream;
import java.util.List;
import java.util.Objects;

/** Reads a range of a blob, one chunk in memory at a time and no connection held in between. */
final class ChunkStream extends InputStream {

    private final Connections connections;
    private final Dialect dialect;
    private final Blob blob;
    private long position;
    private long left;
    private byte[] chunk = new byte[0];
    private int next;

    ChunkStream(Connections connections, Dialect dialect, Blob blob, long offset, long length) {
        this.connections = connections;
        this.dialect = dialect;
        this.blob = blob;
        this.position = offset;
        this.left = length;
    }

    @Override
    public int read() throws IOException {
        byte[] one = new byte[1];
        return read(one, 0, 1) < 0 ? -1 : one[0] & 0xff;
    }

    @Override
    public int read(byte[] target, int offset, int length) throws IOException {
        Objects.checkFromIndexSize(offset, length, target.length);
        if (length == 0) {
            return 0;
        }
        if (left == 0) {
            return -1;
        }
        if (next == chunk.length) {
            load();
        }
        int count = (int) Math.min(Math.min(length, left), chunk.length - next);
        System.arraycopy(chunk, next, target, offset, count);
        next += count;
        position += count;
        left -= count;
        return count;
    }

    private void load() throws IOException {
        long n = position / ChunkWriter.CHUNK;
        Query query =
                new Query(dialect).add("SELECT bytes FROM ar_blob_chunks WHERE sha256 = ? AND n = ?", blob.sha256(), n);
        List<byte[]> found = connections.read(connection -> query.list(connection, row -> row.getBytes("bytes")));
        if (found.isEmpty()) {
            throw new MissingBlobException(blob);
        }
        chunk = found.get(0);
        next = (int) (position % ChunkWriter.CHUNK);
        long expected = Math.min(ChunkWriter.CHUNK, blob.size() - n * ChunkWriter.CHUNK);
        if (chunk.length != expected) {
            throw new CorruptBlobException(blob, "a part of " + chunk.length + " instead of " + expected + " bytes");
        }
    }
}
