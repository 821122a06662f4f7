package dev.agentrunner.jdbc.crash;

import static org.assertj.core.api.Assertions.assertThat;

import dev.agentrunner.jdbc.crash.Evidence.Event;
import dev.agentrunner.jdbc.crash.Evidence.Run;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.SQLException;
import java.time.Duration;
import java.util.HashMap;
import java.util.Map;
import java.util.Random;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.CleanupMode;
import org.junit.jupiter.api.io.TempDir;

/**
 * Kills workers again and again while runs of every kind are under way. {@code -Dcrash.seed} repeats a sequence of blows,
 * {@code -Dcrash.kills} makes it longer or shorter.
 */
@Tag("crash")
abstract class CrashContract {

    static final int KILLS = Integer.getInteger("crash.kills", 100);
    private static final int LIVE_RUNS = 24;
    private static final int RUNS_PER_BLOW = 3;
    private static final int BLOWS_BETWEEN_LOOKS = 20;
    private static final Duration ENDING = Duration.ofSeconds(120);

    /** Events already seen, by id. */
    private final Map<Long, String> seen = new HashMap<>();

    @TempDir(cleanup = CleanupMode.ON_SUCCESS)
    Path folder;

    /** The database, as it is audited. */
    abstract Target target();

    /** The database, as the workers and their clients reach it. */
    Target reached() {
        return target();
    }

    /** A second database for the training of workers. */
    abstract Target school();

    /** Before the first run. */
    void begin(Fleet fleet) throws Exception {}

    /** Before each blow. */
    void disturb(Fleet fleet, Random random) throws Exception {}

    boolean isEnough(Fleet fleet) {
        return fleet.kills() >= KILLS;
    }

    /** After the last run has ended, while workers are still there; what there is to say. */
    String end(Fleet fleet) throws Exception {
        return "";
    }

    @Test
    void whatever_is_killed_or_frozen_every_run_ends_as_if_nothing_had_happened() throws Exception {
        long seed = Long.getLong("crash.seed", new Random().nextLong());
        String story = "seed " + seed;
        Target target = target();
        Launcher launcher = new Launcher(reached(), folder);
        launcher.train(school());
        long begin = System.nanoTime();
        Evidence evidence;
        String calm;
        Fleet fleet = new Fleet(launcher, new Random(seed));
        try (fleet;
                Load load = new Load(reached(), new Workloads(new Ledger(folder), Duration.ZERO), new Random(seed))) {
            begin(fleet);
            load.allow(LIVE_RUNS);
            load.keep(LIVE_RUNS);
            Random trouble = new Random(seed);
            while (!isEnough(fleet)) {
                disturb(fleet, trouble);
                load.requireWell();
                load.allow(RUNS_PER_BLOW);
                fleet.strike();
                if (fleet.blows() % BLOWS_BETWEEN_LOOKS == 0) {
                    look(target, story);
                }
            }
            fleet.calmDown();
            load.completeBatches(fleet.batches());
            load.finish(ENDING);
            calm = end(fleet);
        } catch (Throwable t) {
            throw new AssertionError(story + ", after " + fleet.kills() + " kills", t);
        }
        evidence = look(target, story);
        try (Connection connection = target.connect();
                Reference reference = new Reference(folder.resolve("reference"))) {
            OutcomeAudit.of(evidence, connection, reference).requireNone(story);
        }
        LedgerAudit ledger = LedgerAudit.of(evidence, Ledger.read(folder));
        ledger.findings().requireNone(story);
        int recoveries = evidence.runs().values().stream()
                .mapToInt(run -> run.row().recoveries())
                .sum();
        say(
                "%s: %d kills, %d freezes, %d runs, %d events, %d recoveries, %s, %d s%s",
                story,
                fleet.kills(),
                fleet.freezes(),
                evidence.runs().size(),
                seen.size(),
                recoveries,
                ledger,
                Duration.ofNanos(System.nanoTime() - begin).toSeconds(),
                calm);
        // Otherwise nothing was tried.
        assertThat(recoveries).as("runs were taken over").isPositive();
        assertThat(ledger.cutShort()).as("kills hit bodies").isPositive();
        assertThat(ledger.repeated()).as("bodies were executed again").isPositive();
    }

    /** Checks the tables as they stand; nothing that was there before may be missing or changed (INV-3, INV-4). */
    private Evidence look(Target target, String story) throws SQLException {
        Evidence evidence = Evidence.read(target);
        LogAudit.requireIntact(target, evidence, story);
        Map<Long, String> now = new HashMap<>();
        for (Run run : evidence.runs().values()) {
            for (Event event : run.events()) {
                now.put(event.id(), run.id() + event);
            }
        }
        seen.entrySet().removeAll(now.entrySet());
        assertThat(seen).as("INV-3 events that changed or went, %s", story).isEmpty();
        seen.putAll(now);
        return evidence;
    }

    @SuppressWarnings("SystemOut")
    private static void say(String format, Object... values) {
        System.out.println(String.format(format, values));
    }
}
