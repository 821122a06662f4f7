package dev.agentrunner.interleaving;

import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Semaphore;
import java.util.concurrent.TimeUnit;
import java.util.function.BooleanSupplier;

/** One order of a scene: its tasks, and whose turn it is. */
public final class Stage {

    private static final ExecutorService THREADS = Executors.newCachedThreadPool(task -> {
        Thread thread = new Thread(task, "interleaved");
        thread.setDaemon(true);
        return thread;
    });
    private static final int LONGEST = 10_000;

    private final List<Interleavings.Decision> decisions;
    private final int preemptions;
    private final int falseWakes;
    private final List<Task> tasks = new ArrayList<>();
    private final List<String> story = new ArrayList<>();
    private final Semaphore back = new Semaphore(0);
    private final ThreadLocal<Task> current = new ThreadLocal<>();
    private int preempted;
    private int wokenFalsely;

    Stage(List<Interleavings.Decision> decisions, int preemptions, int falseWakes) {
        this.decisions = decisions;
        this.preemptions = preemptions;
        this.falseWakes = falseWakes;
    }

    private static final class Task {
        final String name;
        final Semaphore turn = new Semaphore(0);
        BooleanSupplier ready = () -> true;
        BooleanSupplier falselyReady = () -> false;
        boolean over;
        Throwable failure;

        Task(String name) {
            this.name = name;
        }
    }

    /** Adds a thread; may also be called by a task. */
    public void task(String name, Runnable body) {
        Task task = new Task(name);
        tasks.add(task);
        THREADS.execute(() -> {
            task.turn.acquireUninterruptibly();
            current.set(task);
            try {
                body.run();
            } catch (RuntimeException | Error e) {
                task.failure = e;
            } finally {
                current.remove();
                task.over = true;
                back.release();
            }
        });
    }

    /** Others may go first. */
    public void step() {
        until(() -> true, () -> false);
    }

    /** Others go first until it is so. */
    public void until(BooleanSupplier ready) {
        until(ready, () -> false);
    }

    void until(BooleanSupplier ready, BooleanSupplier falselyReady) {
        Task self = current.get();
        if (self == null) {
            if (!ready.getAsBoolean()) {
                throw new IllegalStateException("Only tasks can wait");
            }
            return;
        }
        self.ready = ready;
        self.falselyReady = falselyReady;
        back.release();
        self.turn.acquireUninterruptibly();
    }

    /** A lock whose conditions are left when they are signaled, and after their time if {@code timesOut}. */
    public SteppedLock lock(boolean timesOut) {
        return new SteppedLock(this, timesOut);
    }

    void play() {
        Task last = null;
        for (int step = 0; tasks.stream().anyMatch(task -> !task.over); step++) {
            last = choose(step, last);
            story.add(last.name);
            last.turn.release();
            giveBack();
            if (last.failure != null) {
                throw new AssertionError(last.name + " failed", last.failure);
            }
            if (step > LONGEST) {
                throw new AssertionError("It never ends");
            }
        }
    }

    private Task choose(int step, Task last) {
        List<Task> ready = new ArrayList<>();
        List<Task> falselyReady = new ArrayList<>();
        for (Task task : tasks) {
            if (!task.over && task.ready.getAsBoolean()) {
                ready.add(task == last ? 0 : ready.size(), task);
            } else if (!task.over && wokenFalsely < falseWakes && task.falselyReady.getAsBoolean()) {
                falselyReady.add(task);
            }
        }
        if (ready.isEmpty()) {
            throw new AssertionError("Nobody can go on; who waits: "
                    + tasks.stream()
                            .filter(task -> !task.over)
                            .map(task -> task.name)
                            .toList());
        }
        boolean couldGoOn = ready.get(0) == last;
        int real = couldGoOn && preempted == preemptions ? 1 : ready.size();
        int options = real == 1 && couldGoOn && preempted == preemptions ? 1 : real + falselyReady.size();
        int taken = decide(step, options);
        preempted += couldGoOn && taken > 0 ? 1 : 0;
        wokenFalsely += taken < real ? 0 : 1;
        return taken < real ? ready.get(taken) : falselyReady.get(taken - real);
    }

    private int decide(int step, int options) {
        if (step == decisions.size()) {
            decisions.add(new Interleavings.Decision(0, options));
        }
        Interleavings.Decision decision = decisions.get(step);
        if (decision.options() != options) {
            throw new AssertionError("The scene is not the same each time: " + decision + " is now of " + options);
        }
        return decision.taken();
    }

    private void giveBack() {
        try {
            if (!back.tryAcquire(60, TimeUnit.SECONDS)) {
                throw new AssertionError("The task waits for something that is no step of this stage");
            }
        } catch (InterruptedException e) {
            throw new IllegalStateException(e);
        }
    }

    String story() {
        return String.join(" ", story);
    }
}
