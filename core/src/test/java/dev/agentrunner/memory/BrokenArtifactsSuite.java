package dev.agentrunner.memory;

import dev.agentrunner.spi.artifact.ArtifactStore;
import dev.agentrunner.spi.model.Blob;
import dev.agentrunner.tck.ArtifactStoreContract;
import dev.agentrunner.tck.fixture.ManualClock;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.time.Duration;
import java.util.Arrays;
import java.util.Set;
import java.util.concurrent.atomic.AtomicReference;

/** The artifact contract over a store with a fault. Not a test: {@link SuitesFailOnBrokenStoresTest} runs it. */
final class BrokenArtifactsSuite extends ArtifactStoreContract {

    /** What can be wrong with a store of bytes. */
    enum Fault {
        KEEPS_NOTHING,
        DOES_NOT_VERIFY,
        IGNORES_RANGES,
        SWEEPS_WHAT_IS_LISTED,
        SWEEPS_WHAT_IS_YOUNG,
        SWEEPS_WHAT_WAS_PUT_AGAIN
    }

    static final AtomicReference<Fault> FAULT = new AtomicReference<>(Fault.KEEPS_NOTHING);

    private final ManualClock clock = ManualClock.standing();
    private final MemoryArtifacts whole = new MemoryArtifacts(clock);

    @Override
    protected ArtifactStore open() {
        return new ArtifactStore() {
            @Override
            public Blob put(InputStream bytes) throws IOException {
                Blob blob = whole.put(bytes);
                if (FAULT.get() == Fault.KEEPS_NOTHING) {
                    whole.blobs.clear();
                }
                return blob;
            }

            @Override
            public InputStream open(Blob blob, long offset, long length) throws IOException {
                var kept = whole.blobs.get(blob.sha256());
                if (FAULT.get() == Fault.DOES_NOT_VERIFY && kept != null) {
                    return new ByteArrayInputStream(kept.bytes, (int) offset, (int) length);
                }
                return FAULT.get() == Fault.IGNORES_RANGES ? whole.open(blob) : whole.open(blob, offset, length);
            }

            @Override
            public int sweep(Duration minAge, Listing listing) {
                return switch (FAULT.get()) {
                    case SWEEPS_WHAT_IS_LISTED -> whole.sweep(minAge, sums -> Set.of());
                    case SWEEPS_WHAT_IS_YOUNG -> whole.sweep(Duration.ZERO, listing);
                    case SWEEPS_WHAT_WAS_PUT_AGAIN -> forgetful(minAge, listing);
                    default -> whole.sweep(minAge, listing);
                };
            }
        };
    }

    /** Decides by the age from before the question. */
    private int forgetful(Duration minAge, ArtifactStore.Listing listing) {
        var old = Set.copyOf(whole.blobs.keySet());
        return whole.sweep(minAge, sums -> {
            Set<String> listed = listing.among(sums);
            whole.blobs.keySet().removeIf(sum -> old.contains(sum) && sums.contains(sum) && !listed.contains(sum));
            return listed;
        });
    }

    private void change(Blob blob, byte[] bytes) {
        whole.blobs.computeIfPresent(blob.sha256(), (sum, kept) -> new MemoryArtifacts.Kept(bytes, kept.putAt));
    }

    @Override
    protected void corrupt(Blob blob) {
        byte[] bytes = whole.blobs.get(blob.sha256()).bytes.clone();
        bytes[bytes.length / 2] ^= 1;
        change(blob, bytes);
    }

    @Override
    protected void shorten(Blob blob) {
        byte[] bytes = whole.blobs.get(blob.sha256()).bytes;
        change(blob, Arrays.copyOf(bytes, bytes.length - 1));
    }

    @Override
    protected void lose(Blob blob) {
        whole.blobs.remove(blob.sha256());
    }

    @Override
    protected void age(Duration by) {
        clock.advance(by);
    }

    @Override
    protected void crashPut(byte[] half) {}

    @Override
    protected long countStored() {
        return whole.blobs.size();
    }

    @Override
    protected boolean keepsBytesInMemory() {
        return true;
    }
}
