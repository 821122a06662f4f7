package dev.agentrunner.contest;

import java.lang.management.ManagementFactory;
import java.time.InstantSource;
import java.time.temporal.ChronoUnit;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.LongSupplier;

/**
 * What the steps do here: they wait, if they are told to, and give back so many bytes. Runs whose input is a time are measured
 * and wait for nothing.
 */
final class Work implements StepBody {

    private static final int MOST = 100_000;

    private final LongSupplier pauseMillis;
    private final String result;
    private final int warm;
    private final boolean hang;
    private final AtomicInteger arrivals = new AtomicInteger();
    private final Figures delays = new Figures(MOST);
    private final AtomicInteger steps = new AtomicInteger();
    private final AtomicBoolean hung = new AtomicBoolean();
    private volatile int awaited = Integer.MAX_VALUE;
    private final CountDownLatch enough = new CountDownLatch(1);

    /**
     * @param warm so many runs arrive before any is measured
     */
    Work(LongSupplier pauseMillis, int bytes, int warm, boolean hang) {
        this.pauseMillis = pauseMillis;
        this.result = "x".repeat(Math.max(1, bytes));
        this.warm = warm;
        this.hang = hang;
    }

    @Override
    public String run(String input, int step) throws InterruptedException {
        boolean measured = input.length() > 12;
        if (measured && step == 0 && arrivals.incrementAndGet() > warm) {
            delays.add((Long.parseLong(now()) - Long.parseLong(input)) * 1_000);
        }
        long pause = pauseMillis.getAsLong();
        if (hang && hung.compareAndSet(false, true)) {
            System.out.println("began=" + now());
            System.out.flush();
            TimeUnit.MILLISECONDS.sleep(pause);
        } else if (!hang && !measured && pause > 0) {
            TimeUnit.MILLISECONDS.sleep(pause);
        }
        if (steps.incrementAndGet() >= awaited) {
            enough.countDown();
        }
        return result;
    }

    void awaitSteps(int many) throws InterruptedException {
        awaited = many;
        if (steps.get() < many) {
            enough.await();
        }
    }

    int steps() {
        return steps.get();
    }

    void say() {
        Contest.say("arrived", delays.size());
        Contest.say("p50_us", delays.percentile(50));
        Contest.say("p99_us", delays.percentile(99));
        Contest.say("max_us", delays.percentile(100));
        Contest.say("steps", steps());
    }

    /** Microseconds since the epoch. */
    static String now() {
        return Long.toString(ChronoUnit.MICROS.between(
                java.time.Instant.EPOCH, InstantSource.system().instant()));
    }

    static long cpuMillis() {
        return ManagementFactory.getOperatingSystemMXBean() instanceof com.sun.management.OperatingSystemMXBean system
                ? TimeUnit.NANOSECONDS.toMillis(system.getProcessCpuTime())
                : 0;
    }
}
