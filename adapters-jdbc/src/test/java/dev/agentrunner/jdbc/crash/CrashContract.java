package dev.agentrunner.jdbc.crash;

import static org.assertj.core.api.Assertions.assertThat;

import dev.agentrunner.jdbc.crash.Evidence.Event;
import dev.agentrunner.jdbc.crash.Evidence.Run;
import java.nio.file.Path;
import java.sql.SQLException;
import java.time.Duration;
import java.util.HashMap;
import java.util.Map;
import java.util.Random;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/**
 * Kills workers again and again while runs of every kind are under way. {@code -Dcrash.seed} repeats a sequence of blows,
 * {@code -Dcrash.kills} makes it longer.
 */
@Tag("crash")
abstract class CrashContract {

    private static final int LIVE_RUNS = 24;
    private static final int KILLS = Integer.getInteger("crash.kills", 40);
    private static final int BLOWS_BETWEEN_LOOKS = 10;
    private static final Duration ENDING = Duration.ofSeconds(120);

    /** Events already seen, by id. */
    private final Map<Long, String> seen = new HashMap<>();

    @TempDir
    Path folder;

    abstract Target target();

    /** A second database for the training of workers. */
    abstract Target school();

    @Test
    void whatever_is_killed_or_frozen_every_run_ends_as_if_nothing_had_happened() throws Exception {
        long seed = Long.getLong("crash.seed", new Random().nextLong());
        Random random = new Random(seed);
        Target target = target();
        Launcher launcher = new Launcher(target, folder);
        launcher.train(school());
        long begin = System.nanoTime();
        long chaos = 0;
        String story = "seed " + seed;
        try (Load load = new Load(target, new Workloads(new Ledger(folder), Duration.ZERO), new Random(seed));
                Fleet fleet = new Fleet(launcher, random);
                Reference reference = new Reference(folder.resolve("reference"))) {
            try {
                while (fleet.kills() < KILLS) {
                    load.tend(LIVE_RUNS);
                    fleet.strike();
                    if ((fleet.kills() + fleet.freezes()) % BLOWS_BETWEEN_LOOKS == 0) {
                        look(target, story);
                    }
                }
                chaos = Duration.ofNanos(System.nanoTime() - begin).toSeconds();
                fleet.calmDown();
                load.completeBatches(fleet.batches());
                load.finish(ENDING);
            } catch (Throwable t) {
                throw new AssertionError(story + ", after " + fleet.kills() + " kills", t);
            }
            fleet.close();
            Evidence evidence = look(target, story);
            try (var connection = target.connect()) {
                OutcomeAudit.of(evidence, connection, reference).requireNone(story);
            }
            LedgerAudit ledger = LedgerAudit.of(evidence, Ledger.read(folder));
            ledger.findings().requireNone(story);
            say(
                    "%s: %d kills, %d freezes, %d runs, %d events, %d recoveries, %d bodies repeated, %d stragglers, %d s of blows, %d s in all",
                    story,
                    fleet.kills(),
                    fleet.freezes(),
                    evidence.runs().size(),
                    seen.size(),
                    evidence.runs().values().stream()
                            .mapToInt(run -> run.row().recoveries())
                            .sum(),
                    ledger.repeated(),
                    ledger.stragglers(),
                    chaos,
                    Duration.ofNanos(System.nanoTime() - begin).toSeconds());
            assertThat(ledger.repeated()).as("kills hit bodies").isPositive();
        }
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
        seen.forEach((id, text) -> assertThat(now.get(id))
                .as("INV-3 event %s stays, %s", id, story)
                .isEqualTo(text));
        seen.putAll(now);
        return evidence;
    }

    @SuppressWarnings("SystemOut")
    private static void say(String format, Object... values) {
        System.out.println(String.format(format, values));
    }
}
