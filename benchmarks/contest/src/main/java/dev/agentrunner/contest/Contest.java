package dev.agentrunner.contest;

import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.ServiceLoader;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.Semaphore;
import java.util.concurrent.ThreadLocalRandom;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.atomic.AtomicReference;
import java.util.concurrent.locks.LockSupport;
import java.util.function.BooleanSupplier;
import java.util.stream.IntStream;
import org.jspecify.annotations.Nullable;

/**
 * Makes the engine on this class path do one thing in this JVM, and prints what it took as lines of {@code name=value}.
 * Arguments are {@code name=value}, too: {@code mode}, {@code url}, {@code user}, {@code password}, and by mode
 *
 * <ul>
 *   <li>{@code migrate}: nothing more
 *   <li>{@code runs}: runs for {@code seconds}, after {@code warm_seconds} that are not measured; {@code at_once}, {@code steps},
 *       {@code pause_ms} of each step, {@code bytes} of each result, {@code queued}. Says {@code ready} and waits for a byte on
 *       the standard input before it measures, and for another one before it ends
 *   <li>{@code enqueue}, {@code drain}: {@code runs}, {@code at_once}; drain executes what an earlier process queued, once it has
 *       said {@code ready} and got a byte
 *   <li>{@code idle}: {@code runs}, and {@code warm} before them that are not measured, one after the other, each when the former has ended and a moment has passed; microseconds from
 *       submission to first step, on this node, or on another one if it does not execute ({@code executes=false}). Meanwhile
 *       {@code busy} others are under way at any time, whose steps take {@code pause_ms} more or less, so that they do not march in step
 *   <li>{@code work}: executes what others submit until the standard input ends; then says how long their submissions took to
 *       get here, all but the first {@code warm}. {@code hang=true}: the first step prints {@code began=<microseconds since the epoch>} and goes on for
 *       {@code pause_ms}
 * </ul>
 */
public final class Contest {

    private static final int STEPS = 3;

    private final Settings settings;
    private final Entry entry;
    private final Work work;

    private Contest(Settings settings, Entry entry) {
        this.settings = settings;
        this.entry = entry;
        int pause = settings.number("pause_ms", 0);
        boolean varies = settings.number("busy", 0) > 0;
        this.work = new Work(
                () -> varies ? ThreadLocalRandom.current().nextLong(pause / 2, pause + pause / 2) : pause,
                settings.number("bytes", 0),
                settings.number("warm", 0),
                settings.is("hang"));
    }

    public static void main(String[] args) throws Exception {
        Settings settings = Settings.of(args);
        Entry entry = ServiceLoader.load(Entry.class).findFirst().orElseThrow();
        new Contest(settings, entry).take(settings.text("mode"));
        say("cpu_ms", Work.cpuMillis());
        say("rss_kb", mostResident());
        System.out.flush();
        Runtime.getRuntime().halt(0); // engines differ in how long they take to stop
    }

    private void take(String mode) throws Exception {
        switch (mode) {
            case "migrate" -> entry.migrate(settings.text("url"), settings.text("user"), settings.text("password"));
            case "runs" -> runs();
            case "enqueue" -> enqueue();
            case "drain" -> drain();
            case "idle" -> idle();
            case "work" -> work();
            default -> throw new IllegalArgumentException("No such mode: " + mode);
        }
    }

    private Contestant contestant(boolean executes, boolean queued, int steps) throws Exception {
        return entry.at(new Place(
                settings.text("url"),
                settings.text("user"),
                settings.text("password"),
                settings.number("at_once", 24),
                executes,
                queued,
                settings.number("steps", steps),
                work));
    }

    private void runs() throws Exception {
        Contestant engine = contestant(true, settings.is("queued"), STEPS);
        engine.start();
        during(engine, settings.number("warm_seconds", 3));
        say("ready", 1);
        System.in.read(); // the caller looks at the database in between
        long cpu = Work.cpuMillis();
        long begin = System.nanoTime();
        long runs = during(engine, settings.number("seconds", 10));
        say("nanos", System.nanoTime() - begin);
        say("runs", runs);
        say("measured_cpu_ms", Work.cpuMillis() - cpu);
        System.out.println("grade=" + engine.grade());
        System.out.flush();
        System.in.read(); // and again
    }

    /** Starts runs for so many seconds, and waits for those under way; says how many there were. */
    private long during(Contestant engine, int seconds) throws Exception {
        long end = System.nanoTime() + TimeUnit.SECONDS.toNanos(seconds);
        return keepUnderWay(engine, settings.number("at_once", 24), () -> System.nanoTime() < end);
    }

    private static long keepUnderWay(Contestant engine, int atOnce, BooleanSupplier goesOn) throws Exception {
        Semaphore room = new Semaphore(atOnce);
        AtomicReference<@Nullable Throwable> failed = new AtomicReference<>();
        long runs = 0;
        while (goesOn.getAsBoolean() && failed.get() == null) {
            room.acquire();
            engine.run(Long.toString(runs++)).whenComplete((done, error) -> {
                if (error != null) {
                    failed.compareAndSet(null, error);
                }
                room.release();
            });
        }
        room.acquire(atOnce);
        Throwable failure = failed.get();
        if (failure != null) {
            throw new IllegalStateException("A run failed", failure);
        }
        return runs;
    }

    private void enqueue() throws Exception {
        Contestant engine = contestant(false, true, 1);
        engine.start();
        List<String> inputs = IntStream.range(0, settings.number("runs", 1_000))
                .mapToObj(Integer::toString)
                .toList();
        long begin = System.nanoTime();
        engine.enqueue(inputs);
        say("nanos", System.nanoTime() - begin);
    }

    private void drain() throws Exception {
        int runs = settings.number("runs", 1_000);
        warmUp(settings.number("warm_seconds", 0));
        Contestant engine = contestant(true, true, 1);
        say("ready", 1);
        System.in.read(); // the caller queues the runs in between
        long endedBefore = engine.ended();
        int stepsBefore = work.steps();
        long begin = System.nanoTime();
        engine.start();
        work.awaitSteps(stepsBefore + runs);
        while (engine.ended() - endedBefore < runs) {
            LockSupport.parkNanos(5_000_000);
        }
        say("nanos", System.nanoTime() - begin);
        say("steps", work.steps() - stepsBefore);
    }

    /** Queues and executes for so long, so that compilers come to rest; by a node that is gone afterwards. */
    private void warmUp(int seconds) throws Exception {
        if (seconds == 0) {
            return;
        }
        long end = System.nanoTime() + TimeUnit.SECONDS.toNanos(seconds);
        List<String> some =
                IntStream.range(0, 1_000).mapToObj(Integer::toString).toList();
        Contestant engine = contestant(true, true, 1);
        engine.start();
        long ended = engine.ended();
        while (System.nanoTime() < end) {
            engine.enqueue(some);
            ended += some.size();
            while (engine.ended() < ended) {
                LockSupport.parkNanos(5_000_000);
            }
        }
        engine.close();
    }

    private void idle() throws Exception {
        boolean here = !"false".equals(settings.values().get("executes"));
        Contestant engine = contestant(here, settings.is("queued") || !here, STEPS);
        engine.start();
        AtomicInteger busy = new AtomicInteger(settings.number("busy", 0));
        ExecutorService thread = Executors.newSingleThreadExecutor();
        Future<Long> others = thread.submit(() -> keepUnderWay(engine, busy.get(), () -> busy.get() > 0));
        try {
            submitOneByOne(engine);
        } finally {
            busy.set(0);
            thread.shutdown();
        }
        others.get();
        work.say();
    }

    private void submitOneByOne(Contestant engine) throws Exception {
        int all = settings.number("warm", 0) + settings.number("runs", 200);
        for (int i = 0; i < all; i++) {
            LockSupport.parkNanos(5_000_000L + 1_000_000L * (i % 20));
            engine.run(Work.now()).toCompletableFuture().get();
        }
    }

    private void work() throws Exception {
        Contestant engine = contestant(true, true, STEPS);
        engine.start();
        say("ready", 1);
        while (System.in.read() >= 0) {}
        work.say();
    }

    static void say(String name, long value) {
        System.out.println(name + "=" + value);
        System.out.flush(); // somebody waits for it at the other end of a pipe
    }

    /** The most memory that this process ever had resident, in kilobytes; 0 where nobody tells. */
    private static long mostResident() throws java.io.IOException {
        Path status = Path.of("/proc/self/status");
        return !Files.exists(status)
                ? 0
                : Files.readAllLines(status).stream()
                        .filter(line -> line.startsWith("VmHWM:"))
                        .mapToLong(line -> Long.parseLong(line.replaceAll("\\D", "")))
                        .findFirst()
                        .orElse(0);
    }
}
