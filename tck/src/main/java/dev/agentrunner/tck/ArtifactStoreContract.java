package dev.agentrunner.tck;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.agentrunner.spi.artifact.ArtifactStore;
import dev.agentrunner.spi.artifact.ArtifactStore.Listing;
import dev.agentrunner.spi.artifact.CorruptBlobException;
import dev.agentrunner.spi.artifact.MissingBlobException;
import dev.agentrunner.spi.model.Blob;
import java.io.ByteArrayInputStream;
import java.io.FilterInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.Arrays;
import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/**
 * Bytes under their sum: what was put is what is read, or an exception.
 *
 * <p>On failure look at how a put becomes visible (is it one step?), at what a stream does at its end, and at
 * the time between a sweep's question and its deletion.
 */
@Timeout(120)
public abstract class ArtifactStoreContract {

    static final Duration DAY = Duration.ofDays(1);
    static final Listing NOTHING = sums -> Set.of();
    private static final String SHA256_OF_NOTHING = "e3b0c44298fc1c149afbf4c8996fb92427ae41e4649b934ca495991b7852b855";

    private Optional<ArtifactStore> opened = Optional.empty();

    /** Opens a store that has nothing in it; the suite closes it. */
    protected abstract ArtifactStore open() throws Exception;

    /** Removes what the store leaves behind; called after it was closed. */
    protected void dispose() throws Exception {}

    /** Damages stored bytes behind the store's back, without changing how many there are. */
    protected abstract void corrupt(Blob blob) throws Exception;

    /** Makes stored bytes shorter by one, behind the store's back. */
    protected abstract void shorten(Blob blob) throws Exception;

    /** Removes stored bytes behind the store's back. */
    protected abstract void lose(Blob blob) throws Exception;

    /** Makes it look as if stored bytes, and leftovers, had been put so much earlier. */
    protected abstract void age(Duration by) throws Exception;

    /** Leaves behind what a put leaves that is killed half-way; nothing where that is nothing. */
    protected abstract void crashPut(byte[] half) throws Exception;

    /** How many things of any kind are stored: blobs, chunks, leftovers. */
    protected abstract long countStored() throws Exception;

    @BeforeEach
    final void openStore() throws Exception {
        opened = Optional.of(open());
    }

    @AfterEach
    final void closeStore() throws Exception {
        opened.ifPresent(ArtifactStore::close);
        dispose();
    }

    private ArtifactStore store() {
        return opened.orElseThrow();
    }

    static byte[] bytes(String text) {
        return text.getBytes(StandardCharsets.UTF_8);
    }

    private Blob put(byte[] bytes) throws IOException {
        return store().put(new ByteArrayInputStream(bytes));
    }

    private byte[] read(Blob blob) throws IOException {
        try (InputStream in = store().open(blob)) {
            return in.readAllBytes();
        }
    }

    private byte[] read(Blob blob, long offset, long length) throws IOException {
        try (InputStream in = store().open(blob, offset, length)) {
            return in.readAllBytes();
        }
    }

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
        lose(blob);
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
            corrupt(blob);
            assertThatThrownBy(() -> read(blob)).isInstanceOf(CorruptBlobException.class);
        }
    }

    /** A short blob must not look like the end. */
    @Test
    void inv10_missing_bytes_are_noticed() throws Exception {
        Blob blob = put(Noise.bytes(70_000, 6));
        shorten(blob);
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
        lose(blob);
        assertThatThrownBy(() -> read(blob)).isInstanceOf(MissingBlobException.class);
        assertThat(put(bytes("precious"))).isEqualTo(blob);
        assertThat(read(blob)).isEqualTo(bytes("precious"));
    }

    /** Equal bytes are kept once, also when they come at the same time. */
    @Test
    void equal_bytes_are_one_blob() throws Exception {
        byte[] bytes = Noise.bytes(300_000, 7);
        Blob first = put(bytes);
        long stored = countStored();
        List<Blob> blobs = Together.run(4, i -> put(bytes));
        assertThat(blobs).containsOnly(first);
        assertThat(countStored()).isEqualTo(stored);
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
        long before = countStored();
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
        assertThat(countStored()).isEqualTo(before);
        assertThatThrownBy(() -> read(new Blob(bytes.length, Noise.sha256(bytes), "x")))
                .isInstanceOf(MissingBlobException.class);
    }

    /** Look at what a killed process leaves: it may cost space until the next sweep, nothing else. */
    @Test
    void inv10_leftovers_of_crashed_puts_are_swept() throws Exception {
        Blob kept = put(bytes("kept"));
        long before = countStored();
        crashPut(Noise.bytes(100_000, 9));
        long after = countStored();
        store().sweep(DAY, sums -> new HashSet<>(sums));
        assertThat(countStored()).as("young leftovers may be a put under way").isEqualTo(after);
        age(DAY.plusHours(1));
        store().sweep(DAY, sums -> new HashSet<>(sums));
        assertThat(countStored()).isEqualTo(before);
        assertThat(read(kept)).isEqualTo(bytes("kept"));
    }

    /** Listed ones stay, young ones stay, the rest goes. */
    @Test
    void inv10_a_sweep_deletes_old_unlisted_bytes_only() throws Exception {
        Blob listed = put(bytes("listed"));
        Blob old = put(bytes("old"));
        Blob older = put(Noise.bytes(400_000, 10));
        age(DAY.plusHours(1));
        Blob young = put(bytes("young"));
        assertThat(store().sweep(DAY, sums -> Set.of(listed.sha256()))).isEqualTo(2);
        assertThat(read(listed)).isEqualTo(bytes("listed"));
        assertThat(read(young)).isEqualTo(bytes("young"));
        assertThatThrownBy(() -> read(old)).isInstanceOf(MissingBlobException.class);
        assertThatThrownBy(() -> read(older)).isInstanceOf(MissingBlobException.class);
        assertThat(store().sweep(DAY, sums -> Set.of(listed.sha256()))).isZero();
        assertThat(store().sweep(Duration.ZERO, NOTHING)).isEqualTo(2);
        assertThat(countStored()).isZero();
    }

    /** Many blobs, in batches that a statement can hold. */
    @Test
    void inv10_a_sweep_asks_in_batches() throws Exception {
        for (int i = 0; i < 230; i++) {
            put(bytes("blob " + i));
        }
        age(DAY.plusHours(1));
        AtomicInteger asked = new AtomicInteger();
        AtomicInteger largest = new AtomicInteger();
        int deleted = store().sweep(DAY, sums -> {
            asked.addAndGet(sums.size());
            largest.accumulateAndGet(sums.size(), Math::max);
            return Set.of();
        });
        assertThat(deleted).isEqualTo(230);
        assertThat(asked).hasValue(230);
        assertThat(largest.get()).isLessThanOrEqualTo(1_000);
        assertThat(countStored()).isZero();
    }

    /** Old bytes that are put again count as new. */
    @Test
    void inv10_a_second_put_protects_old_bytes() throws Exception {
        Blob blob = put(bytes("again"));
        age(DAY.plusHours(1));
        assertThat(put(bytes("again"))).isEqualTo(blob);
        assertThat(store().sweep(DAY, NOTHING)).isZero();
        assertThat(read(blob)).isEqualTo(bytes("again"));
    }

    /** The sweep asks, the put comes, the sweep deletes: the put must win. */
    @Test
    void inv10_a_put_between_the_question_and_the_deletion_wins() throws Exception {
        Blob blob = put(bytes("again"));
        Blob gone = put(bytes("gone"));
        age(DAY.plusHours(1));
        store().sweep(DAY, sums -> {
            try {
                put(bytes("again"));
            } catch (IOException e) {
                throw new AssertionError(e);
            }
            return Set.of();
        });
        assertThat(read(blob)).isEqualTo(bytes("again"));
        assertThatThrownBy(() -> read(gone)).isInstanceOf(MissingBlobException.class);
    }

    /** The same, at any moment. */
    @Test
    void inv10_a_put_beside_sweeps_is_never_lost() throws Exception {
        byte[] bytes = Noise.bytes(20_000, 11);
        AtomicBoolean putting = new AtomicBoolean(true);
        Together.run(3, i -> {
            if (i == 0) {
                try {
                    for (int round = 0; round < 60; round++) {
                        Blob blob = put(bytes);
                        assertThat(read(blob)).as("round %d", round).isEqualTo(bytes);
                        age(DAY.plusHours(1));
                        assertThat(read(put(bytes)))
                                .as("round %d, again", round)
                                .isEqualTo(bytes);
                    }
                } finally {
                    putting.set(false);
                }
            } else {
                while (putting.get()) {
                    store().sweep(DAY, NOTHING);
                }
            }
            return i;
        });
        assertThat(read(put(bytes))).isEqualTo(bytes);
    }
}
