package dev.agentrunner.workspace.command;

import java.util.HashSet;
import java.util.Set;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Kills processes that carry a marker in their environment, and what descends from them, until there are none. This
 * process and those that it descends from are spared. Immutable.
 *
 * <p>A process inherits its environment, however it was started and whoever its parent is by now. One that starts another
 * without its environment, and then leaves it, is not found.
 */
public final class Hunt {

    private static final Logger LOG = LoggerFactory.getLogger(Hunt.class);
    private static final long PATIENCE_SECONDS = 10;
    /** One look can miss a process that is about to become another program. */
    private static final int QUIET_LOOKS = 2;

    private final String marker;

    /** @param marker a variable as {@code NAME=value} */
    Hunt(String marker) {
        this.marker = marker;
    }

    /** Ends all that commands of a run still do, also those of an earlier process. */
    public static void forRun(String run) {
        new Hunt(Surroundings.runMarker(run)).end(null);
    }

    /** Returns when nothing is left, or, with a warning, when killing does not help. */
    void end(@Nullable ProcessHandle root) {
        long end = System.nanoTime() + TimeUnit.SECONDS.toNanos(PATIENCE_SECONDS);
        Set<Long> spared = spared();
        int quiet = 0;
        while (quiet < QUIET_LOOKS) {
            Set<Long> killed = new Look(marker, root, spared).kill();
            if (killed.isEmpty()) {
                quiet++;
                continue;
            }
            if (System.nanoTime() - end > 0) {
                LOG.atWarn()
                        .addKeyValue("marker", marker)
                        .addKeyValue("pids", killed)
                        .log("Processes of a run go on though they were killed");
                return;
            }
            quiet = 0;
            Interrupts.outlast(() -> CommandThreads.pause(2));
        }
    }

    private static Set<Long> spared() {
        Set<Long> pids = new HashSet<>();
        ProcessHandle process = ProcessHandle.current();
        while (process != null && pids.add(process.pid())) {
            process = process.parent().orElse(null);
        }
        return pids;
    }
}
