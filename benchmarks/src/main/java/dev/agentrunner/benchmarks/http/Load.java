package dev.agentrunner.benchmarks.http;

import java.io.IOException;
import java.time.Duration;

/** Makes a call on many connections at once, each again as soon as it is answered. */
interface Load {

    Figures on(Target target, int connections, Duration time) throws IOException, InterruptedException;

    /** For people. */
    String name();

    /** The one that this machine has. */
    static Load installed() throws IOException, InterruptedException {
        return Wrk.isInstalled() ? new Wrk() : new JavaLoad();
    }
}
