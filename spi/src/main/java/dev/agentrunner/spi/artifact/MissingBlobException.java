package dev.agentrunner.spi.artifact;

import dev.agentrunner.spi.model.Blob;
import java.io.IOException;

/** The bytes are not where their record says. */
public final class MissingBlobException extends IOException {

    private static final long serialVersionUID = 1L;

    public MissingBlobException(Blob blob) {
        super("The " + blob.size() + " bytes of " + blob.uri()
                + " are missing; check that this node uses the same artifact store as the one that wrote them");
    }
}
