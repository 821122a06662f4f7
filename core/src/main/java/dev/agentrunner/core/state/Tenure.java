package dev.agentrunner.core.state;

import dev.agentrunner.spi.model.NodeId;
import org.jspecify.annotations.Nullable;

/** Who executed the run last, under which epoch, and how often it was taken over from a dead node. */
public record Tenure(@Nullable NodeId node, long epoch, int recoveries) {

    static final Tenure NONE = new Tenure(null, 0, 0);
}
