package dev.agentrunner.memory;

import dev.agentrunner.spi.artifact.ArtifactStore;
import dev.agentrunner.spi.model.Blob;
import dev.agentrunner.tck.ArtifactStoreContract;
import dev.agentrunner.tck.fixture.ManualClock;
import java.time.Duration;
import java.util.Arrays;
import java.util.function.UnaryOperator;

final class MemoryArtifactsTest extends ArtifactStoreContract {

    private final ManualClock clock = ManualClock.standing();
    private final MemoryArtifacts artifacts = new MemoryArtifacts(clock);

    @Override
    protected ArtifactStore open() {
        return artifacts;
    }

    @Override
    protected void corrupt(Blob blob) {
        change(blob, bytes -> {
            bytes[bytes.length / 2] ^= 1;
            return bytes;
        });
    }

    @Override
    protected void shorten(Blob blob) {
        change(blob, bytes -> Arrays.copyOf(bytes, bytes.length - 1));
    }

    private void change(Blob blob, UnaryOperator<byte[]> change) {
        artifacts.blobs.computeIfPresent(
                blob.sha256(), (sum, kept) -> new MemoryArtifacts.Kept(change.apply(kept.bytes.clone()), kept.putAt));
    }

    @Override
    protected void lose(Blob blob) {
        artifacts.blobs.remove(blob.sha256());
    }

    @Override
    protected void age(Duration by) {
        clock.advance(by);
    }

    /** Nothing of a put is kept before it is complete. */
    @Override
    protected void crashPut(byte[] half) {}

    @Override
    protected long countStored() {
        return artifacts.blobs.size();
    }

    @Override
    protected boolean keepsBytesInMemory() {
        return true;
    }
}
