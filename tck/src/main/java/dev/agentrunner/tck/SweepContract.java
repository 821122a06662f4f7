package dev.agentrunner.tck;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.agentrunner.spi.artifact.ArtifactStore.Listing;
import dev.agentrunner.spi.artifact.MissingBlobException;
import dev.agentrunner.spi.model.Blob;
import java.io.IOException;
import java.time.Duration;
import java.util.HashSet;
import java.util.Set;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.Test;

/**
 * Sweeping what nobody lists, beside those who put.
 *
 * <p>On failure look at the time between a sweep's question and its deletion, and at what a put does to bytes that are
 * there already.
 */
abstract class SweepContract extends WithArtifacts {

    private static final Duration DAY = Duration.ofDays(1);
    private static final Listing NOTHING = sums -> Set.of();

    /** Look at what a killed process leaves: it may cost space until the next sweep, nothing else. */
    @Test
    void inv10_leftovers_of_crashed_puts_are_swept() throws Exception {
        Blob kept = put(bytes("kept"));
        long before = adapter().countStored();
        adapter().crashPut(Noise.bytes(100_000, 9));
        long after = adapter().countStored();
        store().sweep(DAY, sums -> new HashSet<>(sums));
        assertThat(adapter().countStored())
                .as("young leftovers may be a put under way")
                .isEqualTo(after);
        adapter().age(DAY.plusHours(1));
        store().sweep(DAY, sums -> new HashSet<>(sums));
        assertThat(adapter().countStored()).isEqualTo(before);
        assertThat(read(kept)).isEqualTo(bytes("kept"));
    }

    /** Listed ones stay, young ones stay, the rest goes. */
    @Test
    void inv10_a_sweep_deletes_old_unlisted_bytes_only() throws Exception {
        Blob listed = put(bytes("listed"));
        Blob old = put(bytes("old"));
        Blob older = put(Noise.bytes(400_000, 10));
        adapter().age(DAY.plusHours(1));
        Blob young = put(bytes("young"));
        assertThat(store().sweep(DAY, sums -> Set.of(listed.sha256()))).isEqualTo(2);
        assertThat(read(listed)).isEqualTo(bytes("listed"));
        assertThat(read(young)).isEqualTo(bytes("young"));
        assertThatThrownBy(() -> read(old)).isInstanceOf(MissingBlobException.class);
        assertThatThrownBy(() -> read(older)).isInstanceOf(MissingBlobException.class);
        assertThat(store().sweep(DAY, sums -> Set.of(listed.sha256()))).isZero();
        assertThat(store().sweep(Duration.ZERO, NOTHING)).isEqualTo(2);
        assertThat(adapter().countStored()).isZero();
    }

    /** Many blobs, in batches that a statement can hold. */
    @Test
    void inv10_a_sweep_asks_in_batches() throws Exception {
        for (int i = 0; i < 230; i++) {
            put(bytes("blob " + i));
        }
        adapter().age(DAY.plusHours(1));
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
        assertThat(adapter().countStored()).isZero();
    }

    /** Old bytes that are put again count as new. */
    @Test
    void inv10_a_second_put_protects_old_bytes() throws Exception {
        Blob blob = put(bytes("again"));
        adapter().age(DAY.plusHours(1));
        assertThat(put(bytes("again"))).isEqualTo(blob);
        assertThat(store().sweep(DAY, NOTHING)).isZero();
        assertThat(read(blob)).isEqualTo(bytes("again"));
    }

    /** The sweep asks, the put comes, the sweep deletes: the put must win. */
    @Test
    void inv10_a_put_between_the_question_and_the_deletion_wins() throws Exception {
        Blob blob = put(bytes("again"));
        Blob gone = put(bytes("gone"));
        adapter().age(DAY.plusHours(1));
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
                        adapter().age(DAY.plusHours(1));
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
