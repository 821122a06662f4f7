package dev.agentrunner.jdbc.crash;

import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import java.util.concurrent.Executors;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;

/**
 * Workers on one store, of which always one is about to be killed, or frozen for longer than its lease and let go on.
 * Others start meanwhile, so a blow waits for nothing but two workers that are up: to kill one that has not begun to work
 * proves little, and is done now and then only. Which blows come, and after which pauses, follows from the seed.
 *
 * <p>Belongs to one thread; another one thaws, because a process that was frozen while it wrote may hold up everybody
 * else, the owner of the fleet included.
 */
final class Fleet implements AutoCloseable {

    /** Workers that are up or starting, besides frozen ones. */
    private static final int SIZE = 4;

    private static final int READY = 2;
    private static final int LONGEST_PAUSE_MILLIS = 250;
    private static final int BLOWS_PER_FREEZE = 7;
    private static final int BLOWS_PER_STILLBORN = 20;
    private static final Duration PATIENCE = Duration.ofSeconds(60);

    private final Launcher launcher;
    private final Random random;
    private final List<WorkerProcess> alive = new ArrayList<>();
    private final ScheduledExecutorService timer = Executors.newSingleThreadScheduledExecutor();

    /** Never killed, to see whether anything grows in it; the first worker, if there is to be one. */
    private @Nullable WorkerProcess survivor;

    private int batches;
    private int kills;
    private int freezes;

    Fleet(Launcher launcher, Random random) {
        this.launcher = launcher;
        this.random = random;
    }

    /** Starts a worker that will be frozen now and then, but never killed; it does nothing yet but wait for work. */
    WorkerProcess startSurvivor() {
        survivor = start();
        Patience.until("the survivor is up", PATIENCE, () -> survivor.isReady(launcher.folder()));
        return survivor;
    }

    private WorkerProcess start() {
        // Two workers submit the same batch.
        WorkerProcess worker = launcher.start(batches++ / 2);
        alive.add(worker);
        return worker;
    }

    /** One blow. */
    void strike() {
        while (active().size() < SIZE) {
            start();
        }
        Patience.pause(Duration.ofMillis(random.nextInt(LONGEST_PAUSE_MILLIS)));
        List<WorkerProcess> ready = awaitReady();
        if (random.nextInt(BLOWS_PER_FREEZE) == 0) {
            freeze(any(ready), WorkerMain.TIMEOUT.toMillis() + 500 + random.nextInt(1_500));
        } else {
            kill(any(mortal(random.nextInt(BLOWS_PER_STILLBORN) == 0 ? active() : ready)));
        }
    }

    private List<WorkerProcess> mortal(List<WorkerProcess> all) {
        return all.stream().filter(each -> each != survivor).toList();
    }

    private WorkerProcess any(List<WorkerProcess> all) {
        return all.get(random.nextInt(all.size()));
    }

    private void freeze(WorkerProcess victim, long millis) {
        victim.freeze();
        freezes++;
        timer.schedule(victim::thaw, millis, TimeUnit.MILLISECONDS);
    }

    private void kill(WorkerProcess victim) {
        victim.kill();
        kills++;
        alive.remove(victim);
    }

    /** Lets all that are alive go on undisturbed. */
    void calmDown() {
        alive.forEach(WorkerProcess::thaw);
        awaitReady();
    }

    private List<WorkerProcess> awaitReady() {
        Patience.until("enough workers are up", PATIENCE, () -> ready().size() >= READY);
        return ready();
    }

    private List<WorkerProcess> ready() {
        return active().stream().filter(each -> each.isReady(launcher.folder())).toList();
    }

    /** Those that are not frozen. */
    private List<WorkerProcess> active() {
        return alive.stream().filter(each -> !each.isFrozen()).toList();
    }

    /** The workers that nobody has killed. */
    List<WorkerProcess> alive() {
        return List.copyOf(alive);
    }

    /** Batches of runs that workers were asked to submit. */
    int batches() {
        return (batches + 1) / 2;
    }

    int kills() {
        return kills;
    }

    int blows() {
        return kills + freezes;
    }

    int freezes() {
        return freezes;
    }

    @Override
    public void close() {
        timer.shutdownNow();
        alive.forEach(WorkerProcess::close);
        alive.clear();
    }
}
