package dev.agentrunner.memory;

import dev.agentrunner.spi.artifact.ArtifactStore;
import dev.agentrunner.spi.artifact.CorruptBlobException;
import dev.agentrunner.spi.artifact.MissingBlobException;
import dev.agentrunner.spi.model.Blob;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.time.Duration;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.HexFormat;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;

/** Keeps bytes in a map. A put and the deletion of the same sum exclude each other. */
final class MemoryArtifacts implements ArtifactStore {

    /** Bytes and when they were last put. */
    static final class Kept {

        final byte[] bytes;
        final long putAt;

        Kept(byte[] bytes, long putAt) {
            this.bytes = bytes;
            this.putAt = putAt;
        }
    }

    final Map<String, Kept> blobs = new ConcurrentHashMap<>();
    private final InstantSource clock;

    MemoryArtifacts(InstantSource clock) {
        this.clock = clock;
    }

    @Override
    public Blob put(InputStream in) throws IOException {
        byte[] bytes = in.readAllBytes();
        String sum = sha256(bytes);
        blobs.put(sum, new Kept(bytes, clock.millis()));
        return new Blob(bytes.length, sum, "memory:" + sum);
    }

    @Override
    public InputStream open(Blob blob, long offset, long length) throws IOException {
        if (offset < 0 || length < 0 || offset > blob.size() - length) {
            throw new IllegalArgumentException(
                    "Bytes " + offset + " to " + offset + " + " + length + " are not within the " + blob.size());
        }
        Kept kept = blobs.get(blob.sha256());
        if (kept == null) {
            throw new MissingBlobException(blob);
        }
        if (kept.bytes.length != blob.size()) {
            throw new CorruptBlobException(blob, kept.bytes.length + " bytes");
        }
        String found = sha256(kept.bytes);
        if (length == blob.size() && !found.equals(blob.sha256())) {
            throw new CorruptBlobException(blob, "sha256 " + found);
        }
        return new ByteArrayInputStream(kept.bytes, (int) offset, (int) length);
    }

    @Override
    public int sweep(Duration minAge, Listing listing) {
        long now = clock.millis();
        List<String> old = new ArrayList<>();
        blobs.forEach((sum, kept) -> {
            if (isOld(kept, minAge, now)) {
                old.add(sum);
            }
        });
        Set<String> listed = listing.among(old);
        int deleted = 0;
        for (String sum : old) {
            // A put since the listing was asked has made the blob young again.
            if (!listed.contains(sum)
                    && blobs.containsKey(sum)
                    && blobs.computeIfPresent(sum, (s, kept) -> isOld(kept, minAge, now) ? null : kept) == null) {
                deleted++;
            }
        }
        return deleted;
    }

    private static boolean isOld(Kept kept, Duration minAge, long now) {
        return Duration.ofMillis(now - kept.putAt).compareTo(minAge) >= 0;
    }

    private static String sha256(byte[] bytes) {
        try {
            return HexFormat.of().formatHex(MessageDigest.getInstance("SHA-256").digest(bytes));
        } catch (NoSuchAlgorithmException e) {
            throw new IllegalStateException("Every Java platform has SHA-256", e);
        }
    }
}
