package dev.agentrunner.spi.artifact;

import dev.agentrunner.spi.model.Blob;
import java.io.IOException;

/** The stored bytes are not those that were put. */
public final class CorruptBlobException extends IOException {

    private static final long serialVersionUID = 1L;

    public CorruptBlobException(Blob blob, String found) {
        super("The bytes at " + blob.uri() + " do not match their record (expected " + blob.size() + " bytes, sha256 "
                + blob.sha256() + "; found " + found + "); restore them from a backup");
    }
}
