package dev.agentrunner.core.execution;

import dev.agentrunner.core.codec.RedactedStream;
import dev.agentrunner.spi.error.StoreUnavailableException;
import dev.agentrunner.spi.model.ArtifactRow;
import dev.agentrunner.spi.model.StepId;
import java.io.ByteArrayInputStream;
import java.io.InputStream;

/** Keeps the bytes of artifacts; those of kind {@code log} are texts, and kept without the secrets in them. */
record ArtifactCalls(Execution execution) {

    private static final String LOG = "log";

    /** For a step: through outages of the store, if the bytes can be read again. */
    ArtifactRow keep(StepId step, String name, String kind, String mediaType, InputStream bytes) {
        if (!(bytes instanceof ByteArrayInputStream again)) {
            return put(step, name, kind, mediaType, bytes);
        }
        again.mark(0);
        return execution.patiently(() -> {
            again.reset();
            return put(step, name, kind, mediaType, again);
        });
    }

    /** For the workflow, which alone, from its beginning, can give bytes again that were spent in an outage. */
    ArtifactRow keepOrPutAside(StepId step, String name, String kind, String mediaType, InputStream bytes) {
        try {
            return keep(step, name, kind, mediaType, bytes);
        } catch (StoreUnavailableException e) {
            throw execution.parking().putAside(execution.afterOutage());
        }
    }

    private ArtifactRow put(StepId step, String name, String kind, String mediaType, InputStream bytes) {
        InputStream clean = kind.equals(LOG) ? new RedactedStream(bytes, execution.secrets()) : bytes;
        return Telling.artifact(execution.kit(), step, name, kind, mediaType, clean);
    }
}
