package dev.agentrunner.tck;

import dev.agentrunner.spi.artifact.ArtifactStore;
import dev.agentrunner.spi.model.Blob;
import java.time.Duration;
import org.junit.jupiter.api.Nested;

/**
 * The contract of an {@link ArtifactStore}: an adapter extends this class, says how to open an empty store and how to
 * harm it, and has joined.
 *
 * <p>Each test opens a store of its own, closes it, and calls {@link #dispose}.
 */
public abstract class ArtifactStoreContract {

    protected ArtifactStoreContract() {}

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

    /** Whether stored bytes are in this process' heap, as they should be only in a store for tests. */
    protected boolean keepsBytesInMemory() {
        return false;
    }

    @Nested
    final class Keeping extends BlobContract {
        @Override
        ArtifactStoreContract adapter() {
            return ArtifactStoreContract.this;
        }
    }

    @Nested
    final class Sweeping extends SweepContract {
        @Override
        ArtifactStoreContract adapter() {
            return ArtifactStoreContract.this;
        }
    }
}
