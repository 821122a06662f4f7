package dev.agentrunner.tck;

import static org.assertj.core.api.Assertions.assertThat;

import dev.agentrunner.spi.access.AuditEntry;
import dev.agentrunner.spi.access.AuditRecord;
import dev.agentrunner.spi.model.Actor;
import dev.agentrunner.spi.model.Json;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.Test;

/**
 * The audit trail: what is recorded stays, in the order in which it becomes visible.
 *
 * <p>On failure look at how ids are given: one that is drawn before its transaction commits may be skipped by a reader.
 */
abstract class AuditContract extends WithStore {

    private static AuditEntry entry(String target) {
        return new AuditEntry(
                Actor.user("zoë"), "run_cancel", target, "ok", "127.0.0.1", new Json("{ \"reason\" : \"日\" }"));
    }

    /** Look for details that were parsed and written anew. */
    @Test
    void what_was_recorded_is_read_as_it_was() {
        AuditEntry full = entry("it's 100% \\ ours");
        AuditEntry bare = new AuditEntry(Actor.SYSTEM, "sign_in", null, "forbidden", null, Json.EMPTY);
        Instant before = storeTime();
        store().audit().record(full);
        adapter().elapse(Duration.ofMillis(5));
        store().audit().record(bare);
        List<AuditRecord> records = store().audit().read(0, 10);
        assertThat(records).extracting(AuditRecord::entry).containsExactly(full, bare);
        assertThat(records).extracting(AuditRecord::createdAt).isSorted().allMatch(at -> !at.isBefore(before));
        assertThat(records.get(1).createdAt())
                .isBeforeOrEqualTo(storeTime())
                .isAfter(records.get(0).createdAt());
    }

    /** Look at ORDER BY, LIMIT and the bound on the id. */
    @Test
    void it_is_read_page_by_page() {
        for (int i = 0; i < 7; i++) {
            store().audit().record(entry("run " + i));
        }
        List<AuditRecord> paged = new ArrayList<>();
        for (long after = 0;
                paged.size() < 7;
                after = paged.get(paged.size() - 1).id()) {
            List<AuditRecord> page = store().audit().read(after, 3);
            assertThat(page).isNotEmpty().hasSizeLessThanOrEqualTo(3);
            paged.addAll(page);
        }
        assertThat(paged).extracting(AuditRecord::id).isSorted().doesNotHaveDuplicates();
        assertThat(paged)
                .extracting(record -> record.entry().target())
                .containsExactly("run 0", "run 1", "run 2", "run 3", "run 4", "run 5", "run 6");
        assertThat(store().audit().read(paged.get(6).id(), 3)).isEmpty();
        assertThat(store().audit().read(Long.MAX_VALUE, 3)).isEmpty();
    }

    /** The hard one: many writers, and a reader that never looks back. */
    @Test
    void a_reader_that_goes_forward_beside_many_writers_misses_nothing() {
        int writers = 6;
        int each = 20;
        AtomicInteger writing = new AtomicInteger(writers);
        List<List<AuditRecord>> answers = Together.run(writers + 1, i -> {
            if (i == writers) {
                return follow(writing);
            }
            try {
                for (int n = 0; n < each; n++) {
                    store().audit().record(entry(i + "/" + n));
                }
                return List.of();
            } finally {
                writing.decrementAndGet();
            }
        });
        List<AuditRecord> seen = answers.get(writers);
        assertThat(seen).hasSize(writers * each).isEqualTo(store().audit().read(0, 1_000));
        Set<String> targets = new HashSet<>();
        seen.forEach(record -> targets.add(String.valueOf(record.entry().target())));
        assertThat(targets).hasSize(writers * each);
    }

    private List<AuditRecord> follow(AtomicInteger writing) {
        List<AuditRecord> seen = new ArrayList<>();
        while (true) {
            boolean last = writing.get() == 0;
            List<AuditRecord> page = store().audit()
                    .read(seen.isEmpty() ? 0 : seen.get(seen.size() - 1).id(), 5);
            seen.addAll(page);
            if (last && page.isEmpty()) {
                return seen;
            }
        }
    }
}
