package dev.agentrunner.files;

import dev.agentrunner.spi.artifact.ArtifactStore;
import dev.agentrunner.spi.artifact.MissingBlobException;
import dev.agentrunner.spi.model.Blob;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.channels.Channels;
import java.nio.channels.FileChannel;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.time.Duration;
import java.time.InstantSource;
import java.util.List;

/**
 * Keeps bytes in a folder under their SHA-256, in memory never more than a chunk of them.
 *
 * <p>Several processes may share the folder. A blob is where its sum says: the uri that {@link #put} gives is
 * for people, and none is ever followed. Thread-safe.
 */
public final class FileArtifactStore implements ArtifactStore {

    private final Layout layout;
    private final Incoming incoming;
    private final InstantSource clock;

    private FileArtifactStore(Layout layout, InstantSource clock) {
        this.layout = layout;
        this.incoming = new Incoming(layout, clock);
        this.clock = clock;
    }

    /** A store in this folder, which is created if need be. */
    public static FileArtifactStore at(Path folder) {
        try {
            return new FileArtifactStore(new Layout(folder), InstantSource.system());
        } catch (IOException e) {
            throw new UncheckedIOException(
                    "The artifact folder " + folder + " cannot be used; choose a writable one", e);
        }
    }

    @Override
    public Blob put(InputStream bytes) throws IOException {
        return incoming.put(bytes);
    }

    @Override
    public InputStream open(Blob blob, long offset, long length) throws IOException {
        if (offset < 0 || length < 0 || offset > blob.size() - length) {
            throw new IllegalArgumentException("Asked for " + length + " bytes from " + offset + " of a blob of "
                    + blob.size() + "; ask for a range within it");
        }
        FileChannel channel = find(blob);
        try {
            channel.position(offset);
            return new BlobStream(Channels.newInputStream(channel), blob, length);
        } catch (IOException | RuntimeException e) {
            channel.close();
            throw e;
        }
    }

    /** Looks also where a sweep may just have put the blob, and again where it may have put it back. */
    private FileChannel find(Blob blob) throws IOException {
        Path place = layout.blob(blob.sha256());
        for (Path path : List.of(place, layout.doomed(blob.sha256()), place)) {
            try {
                return FileChannel.open(path, StandardOpenOption.READ);
            } catch (NoSuchFileException e) {
                // next place
            }
        }
        throw new MissingBlobException(blob);
    }

    @Override
    public int sweep(Duration minAge, Listing listing) throws IOException {
        return new Sweep(layout, clock.instant(), minAge, listing).run();
    }
}
