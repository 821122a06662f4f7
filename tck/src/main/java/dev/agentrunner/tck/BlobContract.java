package dev.agentrunner.tck;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.agentrunner.spi.artifact.CorruptBlobException;
import dev.agentrunner.spi.artifact.MissingBlobException;
import dev.agentrunner.spi.model.Blob;
import java.io.ByteArrayInputStream;
import java.io.FilterInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.util.Arrays;
import java.util.List;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.Test;

/**
 * Bytes under their sum: what was put is what is read, or an exception.
 *
 * <p>On failure look at how a put becomes visible (is it one step?) and at what a stream does at its end.
 */
abstract class BlobContract extends WithArtifacts {

    private static final String SHA256_OF_NOTHING = "e3b0c44298fc1c149afbf4c8996fb92427ae41e4649b934ca495991b7852b855";

    /** Sizes around any chunk. */
    @Test
    void inv10_what_was_put_is_what_is_read() throws Exception {
        for (int size : new int[] {1, 2, 1_000, 65_535, 65_536, 65_537, 262_144, 262_145, 1_048_577, 3_000_000}) {
            byte[] bytes = Noise.bytes(size, size);
            Blob blob = put(bytes);
            assertThat(blob.size()).isEqualTo(size);
            assertThat(blob.sha256()).isEqualTo(Noise.sha256(bytes));
            assertThat(read(blob)).isEqualTo(bytes);
        }
    }

    /** Nothing is something, too. */
    @Test
    void inv10_zero_bytes_are_kept() throws Exception {
        Blob blob = put(new byte[0]);
        assertThat(blob.size()).isZero();
        assertThat(blob.sha256()).isEqualTo(SHA256_OF_NOTHING);
        assertThat(read(blob)).isEmpty();
        assertThat(read(blob, 0, 0)).isEmpty();
        adapter().lose(blob);
        assertThatThrownBy(() -> read(blob)).isInstanceOf(MissingBlobException.class);
    }

    /** One byte at a time, and streams that give less than they are asked for. */
    @Test
    void inv10_slow_streams_are_read_to_their_end() throws Exception {
        byte[] bytes = Noise.bytes(70_000, 3);
        Blob blob = store().put(new FilterInputStream(new ByteArrayInputStream(bytes)) {
            @Override
            public int read(byte[] target, int offset, int length) throws IOException {
                return super.read(target, offset, Math.min(length, 7));
            }
        });
        try (InputStream in = store().open(blob)) {
            for (byte expected : bytes) {
                assertThat((byte) in.read()).isEqualTo(expected);
            }
            assertThat(in.read()).isEqualTo(-1);
            assertThat(in.read()).isEqualTo(-1);
            assertThat(in.read(new byte[5])).isEqualTo(-1);
        }
    }

    /** Look for a stream that is collected before it is written, or read as a whole before it is given. */
    @Test
    void inv10_large_streams_pass_through_without_being_held() throws Exception {
        long size = 48L << 20;
        long most = adapter().keepsBytesInMemory() ? Long.MAX_VALUE : size / 4;
        Torrent torrent = new Torrent(size);
        Blob blob = store().put(torrent);
        assertThat(torrent.held()).as("bytes held by a put").isLessThan(most);
        assertThat(blob.size()).isEqualTo(size);
        long before = Torrent.usedHeap();
        byte[] chunk = new byte[50_000];
        long read = 0;
        try (InputStream in = store().open(blob)) {
            for (int n = in.read(chunk); n >= 0; n = in.read(chunk)) {
                boolean half = read < size / 2 && read + n >= size / 2;
                read += n;
                if (half) {
                    assertThat(Torrent.usedHeap() - before)
                            .as("bytes held by a reader")
                            .isLessThan(most);
                }
            }
        }
        assertThat(read).isEqualTo(size);
    }

    /** The caller may want to go on with it. */
    @Test
    void the_stream_is_not_closed() throws Exception {
        AtomicBoolean closed = new AtomicBoolean();
        store().put(new FilterInputStream(new ByteArrayInputStream(bytes("x"))) {
            @Override
            public void close() {
                closed.set(true);
            }
        });
        assertThat(closed).isFalse();
    }

    /** Look at offsets within and across chunks. */
    @Test
    void inv10_ranges_are_read_exactly() throws Exception {
        byte[] bytes = Noise.bytes(600_000, 4);
        Blob blob = put(bytes);
        int[][] ranges = {
            {0, 0},
            {0, 1},
            {1, 1},
            {599_999, 1},
            {600_000, 0},
            {65_535, 2},
            {65_536, 65_536},
            {262_143, 3},
            {100, 500_000},
            {0, 599_999},
            {1, 599_999}
        };
        for (int[] range : ranges) {
            assertThat(read(blob, range[0], range[1]))
                    .as("from %d, %d bytes", range[0], range[1])
                    .isEqualTo(Arrays.copyOfRange(bytes, range[0], range[0] + range[1]));
        }
    }

    /** Look for an overflow. */
    @Test
    void ranges_outside_the_blob_are_refused() throws Exception {
        Blob blob = put(bytes("12345"));
        long[][] ranges = {
            {-1, 1},
            {0, -1},
            {0, 6},
            {5, 1},
            {6, 0},
            {Long.MAX_VALUE, 1},
            {1, Long.MAX_VALUE},
            {2, Long.MAX_VALUE},
            {Long.MIN_VALUE, Long.MIN_VALUE},
            {Long.MAX_VALUE, Long.MAX_VALUE}
        };
        for (long[] range : ranges) {
            assertThatThrownBy(() -> read(blob, range[0], range[1]))
                    .as("from %d, %d bytes", range[0], range[1])
                    .isInstanceOf(IllegalArgumentException.class);
        }
    }

    /** Disks lie; a reader must not believe them. */
    @Test
    void inv10_damaged_bytes_are_noticed() throws Exception {
        for (int size : new int[] {1, 100, 700_000}) {
            Blob blob = put(Noise.bytes(size, 50 + size));
            adapter().corrupt(blob);
            assertThatThrownBy(() -> read(blob)).isInstanceOf(CorruptBlobException.class);
        }
    }

    /** A short blob must not look like the end. */
    @Test
    void inv10_missing_bytes_are_noticed() throws Exception {
        Blob blob = put(Noise.bytes(70_000, 6));
        adapter().shorten(blob);
        assertThatThrownBy(() -> read(blob)).isInstanceOf(CorruptBlobException.class);
        assertThatThrownBy(() -> read(blob, 69_990, 10)).isInstanceOf(CorruptBlobException.class);
    }

    /** A record with another size is not the record of these bytes. */
    @Test
    void inv10_a_wrong_size_is_noticed() throws Exception {
        Blob blob = put(bytes("12345"));
        for (long size : new long[] {4, 6}) {
            Blob wrong = new Blob(size, blob.sha256(), blob.uri());
            assertThatThrownBy(() -> read(wrong)).isInstanceOf(CorruptBlobException.class);
        }
    }

    /** Putting the bytes again is how they are restored. */
    @Test
    void inv10_a_second_put_mends_lost_bytes() throws Exception {
        Blob blob = put(bytes("precious"));
        adapter().lose(blob);
        assertThatThrownBy(() -> read(blob)).isInstanceOf(MissingBlobException.class);
        assertThat(put(bytes("precious"))).isEqualTo(blob);
        assertThat(read(blob)).isEqualTo(bytes("precious"));
    }

    /** Equal bytes are kept once, also when they come at the same time. */
    @Test
    void equal_bytes_are_one_blob() throws Exception {
        byte[] bytes = Noise.bytes(300_000, 7);
        Blob first = put(bytes);
        long stored = adapter().countStored();
        List<Blob> blobs = Together.run(4, i -> put(bytes));
        assertThat(blobs).containsOnly(first);
        assertThat(adapter().countStored()).isEqualTo(stored);
        assertThat(read(first)).isEqualTo(bytes);
    }

    /** A blob's uri comes from a database row; it must lead nowhere else. */
    @Test
    void inv10_a_hostile_uri_leads_nowhere() throws Exception {
        Blob real = put(bytes("mine"));
        for (String uri : List.of(
                "../../../../etc/passwd",
                "/etc/passwd",
                "file:///etc/passwd",
                "file:/etc/passwd",
                "",
                "..",
                "\\\\x\\y",
                "http://localhost/x",
                "%2e%2e/x",
                "x' or '1'='1")) {
            Blob absent = new Blob(4, "0".repeat(64), uri);
            assertThatThrownBy(() -> read(absent)).as(uri).isInstanceOf(MissingBlobException.class);
            try {
                assertThat(read(new Blob(4, real.sha256(), uri))).isEqualTo(bytes("mine"));
            } catch (MissingBlobException e) {
                assertThat(e).as("a store may follow its own uris only").isNotNull();
            }
        }
    }

    /** A stream that breaks leaves nothing that can be read. */
    @Test
    void inv10_a_failed_put_leaves_no_blob() throws Exception {
        byte[] bytes = Noise.bytes(500_000, 8);
        long before = adapter().countStored();
        AtomicInteger given = new AtomicInteger();
        InputStream breaks = new FilterInputStream(new ByteArrayInputStream(bytes)) {
            @Override
            public int read(byte[] target, int offset, int length) throws IOException {
                if (given.get() > 300_000) {
                    throw new IllegalStateException("the line went dead");
                }
                int n = super.read(target, offset, Math.min(length, 4_096));
                given.addAndGet(n);
                return n;
            }
        };
        assertThatThrownBy(() -> store().put(breaks)).hasStackTraceContaining("the line went dead");
        assertThat(adapter().countStored()).isEqualTo(before);
        assertThatThrownBy(() -> read(new Blob(bytes.length, Noise.sha256(bytes), "x")))
                .isInstanceOf(MissingBlobException.class);
    }
}
