package dev.agentrunner.tck;

import static org.assertj.core.api.Assertions.assertThat;

import dev.agentrunner.spi.log.AppendOutcome;
import dev.agentrunner.spi.log.AppendOutcome.Appended;
import dev.agentrunner.spi.log.AppendOutcome.Exists;
import dev.agentrunner.spi.log.Ready;
import dev.agentrunner.spi.model.RunId;
import dev.agentrunner.spi.model.RunSpec;
import dev.agentrunner.spi.model.RunStatus;
import dev.agentrunner.tck.fixture.Ids;
import java.util.List;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;

/**
 * Creating runs, once.
 *
 * <p>On failure look at the unique index on the idempotency key and at what a batch does when two of its own
 * commits bring the same one.
 */
abstract class SubmitContract extends WithStore {

    /** Look at the index on the key. */
    @Test
    void inv11_the_same_key_gives_the_same_run() {
        RunSpec spec = runs().spec(0, Ids.name("key"));
        RunId first = Ids.run();
        RunId second = Ids.run();
        runs().appended(runs().creating(first, spec));
        assertThat(runs().append(runs().creating(second, spec))).isEqualTo(new Exists(first));
        assertThat(runs().append(runs().creatingClaimed(second, spec, alice))).isEqualTo(new Exists(first));
        assertThat(store().catalog().run(second)).isEmpty();
        assertThat(store().queue().held(alice)).isEmpty();
        assertThat(runs().claimed(bob)).containsExactly(first);
    }

    /** The key stays taken when the run is over; only a purge frees it. */
    @Test
    void inv11_the_key_of_a_finished_run_is_still_its_own() {
        RunSpec spec = runs().spec(0, Ids.name("key"));
        RunId first = runs().queued(spec, Ready.never());
        runs().appended(runs().outside(first).status(RunStatus.CANCELED));
        assertThat(runs().append(runs().creating(Ids.run(), spec))).isEqualTo(new Exists(first));
    }

    /** Keys are compared character by character. */
    @Test
    void inv11_keys_that_look_alike_are_different() {
        String key = Ids.name("key");
        for (String alike : List.of(
                key,
                key + " ",
                key.toUpperCase(java.util.Locale.ROOT),
                key + "\u0301",
                key + "é",
                key + "e\u0301",
                key + "%",
                key + "'",
                key + "\\")) {
            runs().queued(runs().spec(0, alike), Ready.never());
        }
        runs().queued(runs().spec(0, "k".repeat(RunSpec.MAX_KEY_LENGTH)), Ready.never());
        runs().queued(runs().spec(0, "\u65e5".repeat(RunSpec.MAX_KEY_LENGTH)), Ready.never());
        assertThat(store().catalog().counts()).containsEntry(RunStatus.QUEUED, 11L);
    }

    /** Look for a lookup that is not one step with the insert. */
    @Test
    void inv11_of_many_submits_with_one_key_exactly_one_creates() {
        RunSpec spec = runs().spec(0, Ids.name("key"));
        List<AppendOutcome> outcomes = Together.run(
                8,
                i -> store().log()
                        .append(runs().creating(Ids.run(), spec).commit())
                        .get(60, TimeUnit.SECONDS));
        List<RunId> created = runs().claimed(alice);
        assertThat(created).hasSize(1);
        assertThat(outcomes).filteredOn(Appended.class::isInstance).hasSize(1);
        assertThat(outcomes)
                .filteredOn(outcome -> !(outcome instanceof Appended))
                .containsOnly(new Exists(created.get(0)));
    }

    /** A caller that repeats a creating commit learns that it was done. */
    @Test
    void inv11_the_same_id_gives_the_same_run() {
        RunId run = runs().queued();
        assertThat(runs().append(runs().creating(run, runs().spec()))).isEqualTo(new Exists(run));
        assertThat(store().log().read(run, 0, 10)).hasSize(1);
    }

    /** When id and key belong to two runs, the id counts. */
    @Test
    void inv11_the_id_counts_before_the_key() {
        RunSpec spec = runs().spec(0, Ids.name("key"));
        runs().queued(spec, Ready.never());
        RunId other = runs().queued(Ready.never());
        assertThat(runs().append(runs().creating(other, spec))).isEqualTo(new Exists(other));
    }

    /** Runs without a key are never taken for each other. */
    @Test
    void runs_without_a_key_are_different_runs() {
        runs().queued();
        runs().queued();
        assertThat(runs().claimed(alice)).hasSize(2);
    }
}
