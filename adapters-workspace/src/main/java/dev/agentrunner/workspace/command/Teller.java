package dev.agentrunner.workspace.command;

import dev.agentrunner.spi.workspace.OutputListener;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Tells a listener, one part at a time. One that fails is told nothing more. Thread-safe. */
final class Teller {

    private static final Logger LOG = LoggerFactory.getLogger(Teller.class);

    private final OutputListener listener;
    /** Guarded by this. */
    private boolean failed;

    Teller(OutputListener listener) {
        this.listener = listener;
    }

    synchronized void tell(OutputListener.Stream stream, String text) {
        if (failed || text.isEmpty()) {
            return;
        }
        try {
            listener.output(stream, text);
        } catch (RuntimeException | Error e) {
            // The program must not stand still for it: its output is still read.
            failed = true;
            LOG.warn("A listener of a command's output failed and is told nothing more", e);
        }
    }
}
