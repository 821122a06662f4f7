package dev.agentrunner.spi.log;

import dev.agentrunner.spi.model.NodeId;
import dev.agentrunner.spi.model.RunSpec;
import org.jspecify.annotations.Nullable;

/** By what right a commit writes to its run. */
public sealed interface Fence {

    /**
     * Creates the run. With an owner it is born claimed by that node with epoch 1; otherwise its epoch is 0.
     */
    record Create(RunSpec spec, @Nullable NodeId owner) implements Fence {}

    /**
     * Written by the node that holds the run's claim with exactly this epoch; any other epoch writes
     * nothing (INV-6).
     */
    record Holding(long epoch) implements Fence {}

    /** Written from outside, by a command; leaves a live claim as it is. */
    record Outside() implements Fence {}

    static Fence create(RunSpec spec) {
        return new Create(spec, null);
    }

    static Fence createClaimed(RunSpec spec, NodeId owner) {
        return new Create(spec, owner);
    }

    static Fence holding(long epoch) {
        return new Holding(epoch);
    }

    static Fence outside() {
        return new Outside();
    }
}
