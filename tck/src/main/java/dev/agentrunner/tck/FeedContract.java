package dev.agentrunner.tck;

import static org.assertj.core.api.Assertions.assertThat;

import dev.agentrunner.spi.log.Ready;
import dev.agentrunner.spi.model.Event;
import dev.agentrunner.spi.model.RunId;
import dev.agentrunner.spi.model.RunStatus;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.locks.LockSupport;
import org.junit.jupiter.api.Test;

/**
 * The feed of all events. A reader goes forward only, so what is skipped once is lost for it.
 *
 * <p>On failure look at ids that become visible after higher ones: the order of a sequence is not the order of
 * commits, and the feed must stop before the oldest write that is still under way.
 */
abstract class FeedContract extends WithStore {

    /** Newest events may be held back for a moment, so this reads until they are there. */
    private List<Event> feed(long afterId, int size) {
        long deadline = System.nanoTime() + adapter().patience().toNanos();
        List<Event> found = store().log().feed(afterId, size);
        while (found.size() < size && System.nanoTime() < deadline) {
            LockSupport.parkNanos(1_000_000);
            found = store().log().feed(afterId, size);
        }
        return found;
    }

    /** Look at ORDER BY, LIMIT and the bound on the id. */
    @Test
    void inv04_the_feed_gives_every_event_once_by_id() {
        RunId one = runs().queued(Ready.never());
        RunId two = runs().queued(Ready.never());
        for (int i = 0; i < 4; i++) {
            runs().appended(runs().outside(one).log("one"));
            runs().appended(runs().outside(two).log("two"));
        }
        List<Event> all = feed(0, 10);
        assertThat(all).extracting(Event::id).isSorted().doesNotHaveDuplicates();
        List<Event> read = new ArrayList<>(store().log().read(one, 0, 100));
        read.addAll(store().log().read(two, 0, 100));
        assertThat(all).containsExactlyInAnyOrderElementsOf(read);

        List<Event> paged = new ArrayList<>();
        for (long after = 0;
                paged.size() < 10;
                after = paged.get(paged.size() - 1).id()) {
            List<Event> page = store().log().feed(after, 3);
            assertThat(page).isNotEmpty().hasSizeLessThanOrEqualTo(3);
            paged.addAll(page);
        }
        assertThat(paged).isEqualTo(all);
        assertThat(store().log().feed(all.get(9).id(), 10)).isEmpty();
        assertThat(store().log().feed(Long.MAX_VALUE, 10)).isEmpty();
    }

    /** The claim draws an id as an append does. */
    @Test
    void inv04_the_feed_gives_what_a_claim_has_started() {
        RunId run = runs().queued();
        runs().claimOnly(run, alice);
        assertThat(feed(0, 2)).isEqualTo(store().log().read(run, 0, 9)).hasSize(2);
    }

    /** Refused commits may leave holes in the ids, never in what the feed gives. */
    @Test
    void inv04_refused_commits_do_not_stop_the_feed() {
        RunId run = runs().queued(Ready.never());
        for (int i = 0; i < 3; i++) {
            runs().append(runs().outside(run).expecting(7).log("conflict"));
            runs().appended(runs().outside(run).log("fine"));
        }
        assertThat(feed(0, 4)).extracting(Event::seq).containsExactly(1L, 2L, 3L, 4L);
    }

    /** The hard one: many writers, and a reader that never looks back. */
    @Test
    void inv04_a_reader_that_goes_forward_beside_many_writers_misses_nothing() {
        int writers = 6;
        int commits = 60;
        AtomicInteger writing = new AtomicInteger(writers);
        List<List<Event>> answers = Together.run(writers + 1, i -> {
            if (i < writers) {
                write(commits, writing);
                return List.of();
            }
            return follow(writing, writers * (1 + commits * 2));
        });
        List<Event> seen = answers.get(writers);
        Map<RunId, Long> lastSeq = new HashMap<>();
        for (Event event : seen) {
            long before = lastSeq.getOrDefault(event.run(), 0L);
            assertThat(event.seq()).as("seq in the feed of run %s", event.run()).isEqualTo(before + 1);
            lastSeq.put(event.run(), event.seq());
        }
        assertThat(seen).hasSize(writers * (1 + commits * 2));
        assertThat(seen).extracting(Event::id).isSorted().doesNotHaveDuplicates();
    }

    /** Look for an end that is taken from ids that were drawn, not from events that are given. */
    @Test
    void inv04_the_feed_ends_with_the_newest_event_that_it_gives() {
        assertThat(store().log().feedEnd()).isZero();
        RunId run = runs().queued(Ready.never());
        for (int i = 2; i <= 4; i++) {
            runs().appended(runs().outside(run).log("more"));
            assertThat(feedEndOnce(feed(0, i).get(i - 1).id()))
                    .isEqualTo(feed(0, i).get(i - 1).id());
        }
        runs().append(runs().outside(run).expecting(99).log("conflict"));
        assertThat(store().log().feedEnd()).isEqualTo(feed(0, 4).get(3).id());
    }

    /** A purge takes events, never others than those of its run. */
    @Test
    void inv04_a_purge_leaves_the_end_where_events_are() {
        RunId kept = runs().queued(Ready.never());
        RunId gone = runs().finished(RunStatus.COMPLETED);
        feed(0, 4);
        store().retention().purge(gone);
        assertThat(store().log().feedEnd())
                .isEqualTo(store().log().read(kept, 0, 1).get(0).id());
    }

    /** Look for an end that runs ahead of the feed, or goes back. */
    @Test
    void inv04_the_end_grows_and_is_never_ahead_of_the_feed() {
        int writers = 4;
        AtomicInteger writing = new AtomicInteger(writers);
        Together.run(writers + 1, i -> {
            if (i < writers) {
                write(40, writing);
                return 0L;
            }
            long end = 0;
            long reached = 0;
            while (writing.get() > 0) {
                long next = store().log().feedEnd();
                assertThat(next).isGreaterThanOrEqualTo(end);
                end = next;
                List<Event> page = store().log().feed(reached, 10_000);
                reached = page.isEmpty() ? reached : page.get(page.size() - 1).id();
                assertThat(reached)
                        .as("what the feed gave after it was said to end there")
                        .isGreaterThanOrEqualTo(end);
            }
            return end;
        });
        List<Event> all = feed(0, writers * 81);
        assertThat(feedEndOnce(all.get(all.size() - 1).id()))
                .isEqualTo(all.get(all.size() - 1).id());
    }

    /** The end once it is there: other writes, also of other tests, may hold it back for a moment. */
    private long feedEndOnce(long expected) {
        long deadline = System.nanoTime() + adapter().patience().toNanos();
        long end = store().log().feedEnd();
        while (end < expected && System.nanoTime() < deadline) {
            LockSupport.parkNanos(1_000_000);
            end = store().log().feedEnd();
        }
        return end;
    }

    private void write(int commits, AtomicInteger writing) {
        try {
            RunId run = runs().queued(Ready.never());
            for (int n = 0; n < commits; n++) {
                runs().appended(runs().outside(run).log("a").log("b"));
            }
        } finally {
            writing.decrementAndGet();
        }
    }

    private List<Event> follow(AtomicInteger writing, int expected) {
        List<Event> seen = new ArrayList<>();
        long lastNews = System.nanoTime();
        while (seen.size() < expected
                && (writing.get() > 0
                        || System.nanoTime() - lastNews < adapter().patience().toNanos())) {
            long after = seen.isEmpty() ? 0 : seen.get(seen.size() - 1).id();
            List<Event> page = store().log().feed(after, 10);
            seen.addAll(page);
            if (page.isEmpty()) {
                LockSupport.parkNanos(100_000);
            } else {
                lastNews = System.nanoTime();
            }
        }
        return seen;
    }
}
