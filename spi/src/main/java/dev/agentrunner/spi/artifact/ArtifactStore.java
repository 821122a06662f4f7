package dev.agentrunner.spi.artifact;

import dev.agentrunner.spi.model.Blob;
import java.io.IOException;
import java.io.InputStream;
import java.time.Duration;
import java.util.Collection;
import java.util.Set;

/**
 * Keeps bytes under their SHA-256. Names, kinds and owners are metadata and live elsewhere.
 *
 * <p>Thread-safe, also over several processes on the same place.
 */
public interface ArtifactStore extends AutoCloseable {

    /**
     * Stores all of {@code bytes}; the stream is not closed. Atomic: after a crash the blob is there whole
     * or not at all. Putting the same bytes again gives the same blob and protects it from {@link #sweep}
     * as if it were new.
     */
    Blob put(InputStream bytes) throws IOException;

    /**
     * Opens {@code length} bytes from {@code offset}. Reading a blob to its end from offset 0 verifies size
     * and sum, and fails with {@link CorruptBlobException} before the end is reported.
     *
     * @throws MissingBlobException if the bytes are gone
     * @throws IllegalArgumentException if the range is not within the blob
     */
    InputStream open(Blob blob, long offset, long length) throws IOException;

    /** Opens the whole blob. */
    default InputStream open(Blob blob) throws IOException {
        return open(blob, 0, blob.size());
    }

    /**
     * Deletes bytes that were put more than {@code minAge} ago and that nobody lists, in small batches; safe
     * beside concurrent puts.
     *
     * @return how many blobs were deleted
     */
    int sweep(Duration minAge, Listing listing) throws IOException;

    @Override
    default void close() {}

    /** Answers which sums are still listed. */
    @FunctionalInterface
    interface Listing {
        Set<String> among(Collection<String> sha256);
    }
}
