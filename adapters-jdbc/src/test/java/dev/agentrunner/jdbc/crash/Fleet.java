package dev.agentrunner.jdbc.crash;

import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.Executors;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.TimeUnit;

/**
 * Two to four workers on one store, of which always one is about to be killed, or frozen for longer than its lease and
 * let go on. What happens, and how long after what, follows from the seed alone. Belongs to one thread; another one
 * thaws, because a process that was frozen while it wrote may hold up everybody else, the owner of the fleet included.
 */
final class Fleet implements AutoCloseable {

    private static final int MOST = 4;
    private static final int LONGEST_PAUSE_MILLIS = 700;
    private static final double FREEZES = 0.15;
    private static final double SWAPS = 0.7;

    private final Launcher launcher;
    private final Random random;
    private final List<WorkerProcess> alive = new ArrayList<>();
    private final Set<WorkerProcess> frozen = ConcurrentHashMap.newKeySet();
    private final ScheduledExecutorService timer = Executors.newSingleThreadScheduledExecutor();
    private int batches;
    private int kills;
    private int freezes;

    Fleet(Launcher launcher, Random random) {
        this.launcher = launcher;
        this.random = random;
    }

    /** One blow. */
    void strike() {
        while (alive.size() < 2 || (alive.size() < MOST && random.nextDouble() < SWAPS)) {
            // Two workers submit the same batch.
            alive.add(launcher.start(batches++ / 2));
        }
        Patience.pause(Duration.ofMillis(random.nextInt(LONGEST_PAUSE_MILLIS)));
        requireAlive();
        WorkerProcess victim = alive.get(random.nextInt(alive.size()));
        if (random.nextDouble() < FREEZES && !frozen.contains(victim)) {
            frozen.add(victim);
            victim.freeze();
            freezes++;
            long millis = WorkerMain.TIMEOUT.toMillis() + 500 + random.nextInt(1_500);
            timer.schedule(() -> thaw(victim), millis, TimeUnit.MILLISECONDS);
        } else {
            victim.kill();
            kills++;
            forget(victim);
        }
    }

    /** Leaves two workers, both alive and well. */
    void calmDown() {
        frozen.forEach(this::thaw);
        while (alive.size() < 2) {
            alive.add(launcher.start(WorkerMain.NO_BATCH));
        }
        requireAlive();
    }

    private void thaw(WorkerProcess worker) {
        if (frozen.remove(worker) && worker.isAlive()) {
            worker.thaw();
        }
    }

    private void requireAlive() {
        for (WorkerProcess each : alive) {
            if (!each.isAlive()) {
                throw new IllegalStateException(
                        "Worker " + each.pid() + " ended by itself; see its log in " + launcher.folder());
            }
        }
    }

    private void forget(WorkerProcess worker) {
        alive.remove(worker);
        frozen.remove(worker);
    }

    /** Batches of runs that workers were asked to submit. */
    int batches() {
        return (batches + 1) / 2;
    }

    int kills() {
        return kills;
    }

    int freezes() {
        return freezes;
    }

    @Override
    public void close() {
        alive.forEach(WorkerProcess::close);
        alive.clear();
        timer.shutdownNow();
    }
}
