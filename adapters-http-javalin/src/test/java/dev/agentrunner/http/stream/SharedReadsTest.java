package dev.agentrunner.http.stream;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.agentrunner.memory.InMemoryStore;
import dev.agentrunner.spi.log.AppendOutcome;
import dev.agentrunner.spi.log.Commit;
import dev.agentrunner.spi.log.Hint;
import dev.agentrunner.spi.log.RunLog;
import dev.agentrunner.spi.model.Event;
import dev.agentrunner.spi.model.RunId;
import dev.agentrunner.spi.queue.Claim;
import dev.agentrunner.tck.fixture.Ids;
import dev.agentrunner.tck.fixture.Runs;
import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CyclicBarrier;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.Consumer;
import java.util.stream.LongStream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

class SharedReadsTest {

    private static final long UNKNOWN = Long.MAX_VALUE;

    private final InMemoryStore store = new InMemoryStore();
    private final Runs runs = new Runs(store);
    private final Claim claim = runs.running(Ids.node()); // two events
    private final Counted log = new Counted(store.log(), new AtomicInteger());
    private final SharedReads reads = new SharedReads(claim.run());

    @AfterEach
    void close() {
        store.close();
    }

    @Test
    void what_is_new_is_read_once_for_all_who_wait_for_it() throws Exception {
        append(1);
        int clients = 32;
        ExecutorService threads = Executors.newFixedThreadPool(clients);
        try {
            CyclicBarrier together = new CyclicBarrier(clients);
            List<Future<List<Long>>> seen = new ArrayList<>();
            for (int i = 0; i < clients; i++) {
                seen.add(threads.submit(() -> {
                    together.await();
                    return seqs(reads.after(2, 3, 16, log));
                }));
            }
            for (Future<List<Long>> each : seen) {
                assertThat(each.get()).containsExactly(3L);
            }
        } finally {
            threads.shutdown();
        }
        assertThat(log.count()).hasValue(1);
    }

    @Test
    void all_get_the_same_bytes() {
        append(1);
        byte[] first = reads.after(2, 3, 16, log).get(0).bytes();
        assertThat(reads.after(2, 3, 16, log).get(0).bytes()).isSameAs(first);
    }

    @Test
    void what_is_remembered_does_not_hide_what_came_after_it() {
        append(1);
        assertThat(seqs(reads.after(2, 3, 16, log))).containsExactly(3L);
        append(1);
        assertThat(seqs(reads.after(2, 4, 16, log))).as("known to be there").containsExactly(3L, 4L);
        append(1);
        assertThat(seqs(reads.after(2, UNKNOWN, 16, log)))
                .as("not known to be there")
                .containsExactly(3L, 4L, 5L);
        assertThat(log.count()).hasValue(3);
    }

    @Test
    void whoever_has_seen_all_that_is_known_asks_the_store() {
        append(1);
        assertThat(seqs(reads.after(3, 3, 16, log))).isEmpty();
        append(1);
        assertThat(seqs(reads.after(3, 3, 16, log))).containsExactly(4L);
    }

    @Test
    void whoever_lags_a_little_gets_whole_pages_from_what_is_remembered() {
        for (int i = 3; i <= 40; i++) {
            append(1);
            reads.after(i - 1, i, 16, log);
        }
        int before = log.count().get();
        assertThat(seqs(reads.after(4, 40, 16, log)))
                .containsExactlyElementsOf(LongStream.rangeClosed(5, 20).boxed().toList());
        assertThat(seqs(reads.after(20, 40, 32, log)))
                .containsExactlyElementsOf(
                        LongStream.rangeClosed(21, 40).boxed().toList());
        assertThat(log.count()).hasValue(before);
    }

    @Test
    void whoever_begins_before_what_is_remembered_reads_the_store() {
        append(10);
        reads.after(8, 12, 16, log);
        assertThat(seqs(reads.after(0, 12, 16, log)))
                .containsExactlyElementsOf(LongStream.rangeClosed(1, 12).boxed().toList());
    }

    @Test
    void only_so_much_is_remembered() {
        append(600);
        reads.after(2, UNKNOWN, 300, log);
        reads.after(302, UNKNOWN, 300, log);
        int before = log.count().get();
        assertThat(seqs(reads.after(346, 602, 256, log))).hasSize(256).startsWith(347L);
        assertThat(log.count()).as("the last 256").hasValue(before);
        assertThat(seqs(reads.after(345, 601, 256, log))).hasSize(256).startsWith(346L);
        assertThat(log.count()).as("one before those").hasValue(before + 1);
    }

    @Test
    void an_outage_is_told_and_blocks_nobody() {
        append(1);
        RunLog gone = new Counted(store.log(), new AtomicInteger()) {
            @Override
            public List<Event> read(RunId run, long afterSeq, int limit) {
                throw new IllegalStateException("gone");
            }
        };
        assertThatThrownBy(() -> reads.after(2, 3, 16, gone)).hasMessage("gone");
        assertThat(seqs(reads.after(2, 3, 16, log))).containsExactly(3L);
    }

    private void append(int events) {
        for (int i = 0; i < events; i++) {
            runs.appended(runs.holding(claim).log("news"));
        }
    }

    private static List<Long> seqs(List<EventFrame> page) {
        return page.stream().map(EventFrame::seq).toList();
    }

    /** Counts reads. */
    private static class Counted implements RunLog {

        private final RunLog log;
        private final AtomicInteger count;

        Counted(RunLog log, AtomicInteger count) {
            this.log = log;
            this.count = count;
        }

        AtomicInteger count() {
            return count;
        }

        @Override
        public CompletableFuture<AppendOutcome> append(Commit commit) {
            return log.append(commit);
        }

        @Override
        public List<Event> read(RunId run, long afterSeq, int limit) {
            count.incrementAndGet();
            return log.read(run, afterSeq, limit);
        }

        @Override
        public Map<RunId, List<Event>> readAll(Collection<RunId> all) {
            return log.readAll(all);
        }

        @Override
        public List<Event> feed(long afterId, int limit) {
            return log.feed(afterId, limit);
        }

        @Override
        public long feedEnd() {
            return log.feedEnd();
        }

        @Override
        public Subscription follow(Consumer<Hint> listener) {
            return log.follow(listener);
        }
    }
}
