package dev.agentrunner.tck;

import static org.assertj.core.api.Assertions.assertThat;

import dev.agentrunner.spi.log.AppendOutcome.Appended;
import dev.agentrunner.spi.log.Ready;
import dev.agentrunner.spi.model.Actor;
import dev.agentrunner.spi.model.Event;
import dev.agentrunner.spi.model.EventType;
import dev.agentrunner.spi.model.Json;
import dev.agentrunner.spi.model.NewEvent;
import dev.agentrunner.spi.model.RunId;
import dev.agentrunner.spi.model.StepId;
import dev.agentrunner.spi.queue.Claim;
import dev.agentrunner.tck.fixture.Ids;
import java.time.temporal.ChronoUnit;
import java.util.List;
import java.util.Map;
import java.util.concurrent.atomic.AtomicBoolean;
import org.junit.jupiter.api.Test;

/**
 * Reading a run's events: exactly what was appended, in order, without gaps.
 *
 * <p>On failure look at the column types (is text changed on its way?), at ORDER BY and LIMIT, and at which
 * snapshot a read sees.
 */
abstract class ReadContract extends WithStore {

    /** Texts come back character for character. */
    @Test
    void inv03_what_was_appended_is_what_is_read() {
        List<NewEvent> facts = List.of(
                fact("{ \"spaces\" :  [1,2 ,  3.0, 1e400] , \"spaces\": \"and doubled keys\" }"),
                fact("{\"text\":\"Grüße 日本語 \uD83D\uDE00 a\u0301 \u202e \\u0000 \\ud83d \"}"),
                fact("{\"quotes\":\"'\\\"\\\\ ; drop table events; -- $1 ? :x %s \\n\\r\\t\"}"),
                fact("{\"big\":\"" + "x".repeat(1_000_000) + "\"}"),
                fact("{}"),
                new NewEvent(
                        new EventType("x." + "e".repeat(EventType.MAX_LENGTH - 2)),
                        new StepId("\u65e5".repeat(StepId.MAX_LENGTH)),
                        Json.EMPTY,
                        Actor.user("ann 'o' \uD83D\uDE00")));
        RunId run = runs().queued(Ready.never());
        var draft = runs().outside(run);
        facts.forEach(draft::event);
        Appended done = runs().appended(draft);

        List<Event> events = store().log().read(run, 1, 100);
        assertThat(events).extracting(Event::fact).containsExactlyElementsOf(facts);
        assertThat(events).extracting(Event::createdAt).containsOnly(done.at());
        assertThat(done.at()).as("whole milliseconds").isEqualTo(done.at().truncatedTo(ChronoUnit.MILLIS));
        assertThat(view(run).times().created())
                .isEqualTo(store().log().read(run, 0, 1).get(0).createdAt());
    }

    private static NewEvent fact(String payload) {
        return new NewEvent(new EventType("x.fact"), null, new Json(payload), Actor.SYSTEM);
    }

    /** Look at the bounds of the range. */
    @Test
    void inv04_a_read_starts_after_a_seq_and_keeps_to_its_limit() {
        RunId run = runs().queued(Ready.never());
        for (int i = 0; i < 9; i++) {
            runs().appended(runs().outside(run).log("n" + i));
        }
        assertThat(seqs(run, 0, 4)).containsExactly(1L, 2L, 3L, 4L);
        assertThat(seqs(run, 4, 4)).containsExactly(5L, 6L, 7L, 8L);
        assertThat(seqs(run, 8, 4)).containsExactly(9L, 10L);
        assertThat(seqs(run, 10, 4)).isEmpty();
        assertThat(seqs(run, 99, 4)).isEmpty();
        assertThat(seqs(run, 0, Integer.MAX_VALUE)).hasSize(10);
        assertThat(store().log().read(Ids.run(), 0, 4)).isEmpty();
    }

    private List<Long> seqs(RunId run, long after, int limit) {
        return store().log().read(run, after, limit).stream().map(Event::seq).toList();
    }

    /** Look at runs whose events lie between those of others. */
    @Test
    void inv04_several_runs_are_read_each_in_order() {
        RunId one = runs().queued(Ready.never());
        RunId two = runs().queued(Ready.never());
        for (int i = 0; i < 3; i++) {
            runs().appended(runs().outside(one).log("one"));
            runs().appended(runs().outside(two).log("two"));
        }
        RunId unknown = Ids.run();
        Map<RunId, List<Event>> all = store().log().readAll(List.of(two, unknown, one));
        assertThat(all).containsOnlyKeys(one, two);
        assertThat(all.get(one)).isEqualTo(store().log().read(one, 0, 100));
        assertThat(all.get(two)).isEqualTo(store().log().read(two, 0, 100));
        assertThat(store().log().readAll(List.of())).isEmpty();
    }

    /** Asking for more runs than a statement has parameters. */
    @Test
    void many_runs_can_be_read_at_once() {
        RunId one = runs().queued(Ready.never());
        List<RunId> asked = new java.util.ArrayList<>();
        for (int i = 0; i < 3_000; i++) {
            asked.add(Ids.run());
        }
        asked.add(one);
        assertThat(store().log().readAll(asked)).containsOnlyKeys(one);
    }

    /** A reader beside a writer sees a prefix, and never something new behind its back. */
    @Test
    void inv04_a_reader_beside_writers_sees_no_gap() {
        Claim claim = runs().running(alice);
        AtomicBoolean writing = new AtomicBoolean(true);
        Together.run(2, i -> {
            if (i == 0) {
                try {
                    for (int n = 0; n < 100; n++) {
                        runs().appended(runs().holding(claim).log("a").log("b").log("c"));
                    }
                } finally {
                    writing.set(false);
                }
            } else {
                long seen = 0;
                boolean more = true;
                while (more) {
                    more = writing.get();
                    for (Event event : store().log().read(claim.run(), seen, 7)) {
                        assertThat(event.seq()).isEqualTo(++seen);
                    }
                }
            }
            return i;
        });
        assertThat(store().log().read(claim.run(), 0, 1_000)).hasSize(302);
    }
}
