package dev.agentrunner.tck;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.agentrunner.spi.catalog.Page;
import dev.agentrunner.spi.catalog.PageRequest;
import dev.agentrunner.spi.catalog.RunQuery;
import dev.agentrunner.spi.catalog.RunView;
import dev.agentrunner.spi.catalog.TimeRange;
import dev.agentrunner.spi.error.InvalidCursorException;
import dev.agentrunner.spi.log.Ready;
import dev.agentrunner.spi.model.Lineage;
import dev.agentrunner.spi.model.QueueSlot;
import dev.agentrunner.spi.model.RunId;
import dev.agentrunner.spi.model.RunSpec;
import dev.agentrunner.spi.model.RunStatus;
import dev.agentrunner.spi.model.WorkflowRef;
import dev.agentrunner.tck.fixture.Ids;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;

/**
 * Lists of runs: every filter, and pages that neither repeat nor lose a run.
 *
 * <p>On failure look at the statement that the query becomes: at quoting, at LIKE's special characters, at what
 * the database thinks of upper and lower case, and at what a cursor holds.
 */
abstract class RunListContract extends WithStore {

    private RunId run(@Nullable String name, Map<String, String> labels, Lineage lineage) {
        var slot = new QueueSlot(runs().queue, 0);
        return runs().queued(new RunSpec(runs().workflow, slot, name, labels, lineage, null), Ready.never());
    }

    private List<RunId> list(RunQuery query) {
        return store().catalog().runs(query).items().stream().map(RunView::id).toList();
    }

    /** Look at ORDER BY. */
    @Test
    void runs_are_listed_newest_id_first() {
        List<RunId> made = new ArrayList<>();
        for (int i = 0; i < 5; i++) {
            made.add(runs().queued(Ready.never()));
        }
        Collections.reverse(made);
        assertThat(list(RunQuery.ALL)).containsExactlyElementsOf(made);
        assertThat(store().catalog().runs(RunQuery.ALL).nextCursor()).isNull();
    }

    /** Any of several. */
    @Test
    void runs_are_found_by_status() {
        RunId queued = runs().queued(Ready.never());
        RunId running = runs().running(alice).run();
        RunId failed = runs().finished(RunStatus.FAILED);
        assertThat(list(RunQuery.ALL.statuses(RunStatus.RUNNING))).containsExactly(running);
        assertThat(list(RunQuery.ALL.statuses(RunStatus.QUEUED, RunStatus.FAILED)))
                .containsExactly(failed, queued);
        assertThat(list(RunQuery.ALL.statuses(RunStatus.CANCELED))).isEmpty();
    }

    /** The whole name, exactly. */
    @Test
    void runs_are_found_by_workflow() {
        RunId run = runs().queued(Ready.never());
        var other = new RunSpec(
                new WorkflowRef(runs().workflow.name() + "x", "1"),
                QueueSlot.DEFAULT,
                null,
                Map.of(),
                Lineage.NONE,
                null);
        runs().queued(other, Ready.never());
        assertThat(list(RunQuery.ALL.workflow(runs().workflow.name()))).containsExactly(run);
        assertThat(list(RunQuery.ALL.workflow("wf%"))).isEmpty();
    }

    /** All of the asked ones, keys and values exactly. */
    @Test
    void runs_are_found_by_labels() {
        RunId both = run(null, Map.of("team", "red", "o'k\"\\", "%_日本"), Lineage.NONE);
        RunId one = run(null, Map.of("team", "red"), Lineage.NONE);
        run(null, Map.of("team", "redder", "tea", "red"), Lineage.NONE);
        run(null, Map.of("red", "team"), Lineage.NONE);
        run(null, Map.of(), Lineage.NONE);
        assertThat(list(RunQuery.ALL.labels(Map.of("team", "red")))).containsExactly(one, both);
        assertThat(list(RunQuery.ALL.labels(Map.of("team", "red", "o'k\"\\", "%_日本"))))
                .containsExactly(both);
        assertThat(list(RunQuery.ALL.labels(Map.of("team", "red", "o'k\"\\", ""))))
                .isEmpty();
        assertThat(list(RunQuery.ALL.labels(Map.of("Team", "red")))).isEmpty();
        assertThat(view(both).spec().labels()).isEqualTo(Map.of("team", "red", "o'k\"\\", "%_日本"));
    }

    /** In id, name, workflow name or first payload, without special characters. */
    @Test
    void runs_are_found_by_text() {
        RunId named = run("Quarterly REPORT 100%_\\ 'x'", Map.of(), Lineage.NONE);
        RunId fed = Ids.run();
        runs().appended(runs().creating(fed, runs().spec(), "{\"input\":{\"Topic\":\"Mars, 50% \\\"off\\\"\"}}"));
        RunId plain = run(null, Map.of("topic", "mars report"), Lineage.NONE);
        assertThat(list(RunQuery.ALL.text("quarterly report"))).containsExactly(named);
        assertThat(list(RunQuery.ALL.text("REPORT"))).containsExactly(named);
        assertThat(list(RunQuery.ALL.text("100%_\\ 'X'"))).containsExactly(named);
        assertThat(list(RunQuery.ALL.text("TOPIC\":\"mars"))).containsExactly(fed);
        assertThat(list(RunQuery.ALL.text("\\\"off\\\""))).containsExactly(fed);
        assertThat(list(RunQuery.ALL.text("1_0"))).isEmpty();
        assertThat(list(RunQuery.ALL.text("m%s"))).isEmpty();
        assertThat(list(RunQuery.ALL.text(plain.toString().substring(3).toUpperCase(java.util.Locale.ROOT))))
                .containsExactly(plain);
        assertThat(list(RunQuery.ALL.text(runs().workflow.name().substring(1)))).hasSize(3);
        assertThat(list(RunQuery.ALL.text(""))).hasSize(3);
    }

    /** Only the letters of ASCII have a case here, as not every database knows the others. */
    @Test
    void only_ascii_letters_match_in_both_cases() {
        RunId run = run("Straße ÄRGER İstanbul", Map.of(), Lineage.NONE);
        assertThat(list(RunQuery.ALL.text("STRAßE ÄrgeR"))).containsExactly(run);
        assertThat(list(RunQuery.ALL.text("ärger"))).isEmpty();
        assertThat(list(RunQuery.ALL.text("strasse"))).isEmpty();
        assertThat(list(RunQuery.ALL.text("istanbul"))).isEmpty();
        assertThat(list(RunQuery.ALL.text("A\u0308rger"))).isEmpty();
    }

    /** Both ends are exclusive. */
    @Test
    void runs_are_found_by_creation_time() {
        RunId run = runs().queued(Ready.never());
        Instant created = view(run).times().created();
        assertThat(list(RunQuery.ALL.created(new TimeRange(created.minusMillis(1), created.plusMillis(1)))))
                .containsExactly(run);
        assertThat(list(RunQuery.ALL.created(new TimeRange(created.minusMillis(1), null))))
                .containsExactly(run);
        assertThat(list(RunQuery.ALL.created(new TimeRange(null, created.plusMillis(1)))))
                .containsExactly(run);
        assertThat(list(RunQuery.ALL.created(new TimeRange(created, null)))).isEmpty();
        assertThat(list(RunQuery.ALL.created(new TimeRange(null, created)))).isEmpty();
    }

    /** Children and forks. */
    @Test
    void runs_are_found_by_lineage() {
        RunId parent = runs().queued(Ready.never());
        RunId source = runs().finished(RunStatus.FAILED);
        RunId child = run(null, Map.of(), new Lineage(parent, null));
        RunId fork = run(null, Map.of(), new Lineage(null, source));
        RunId both = run(null, Map.of(), new Lineage(parent, source));
        assertThat(list(RunQuery.ALL.family(new Lineage(parent, null)))).containsExactly(both, child);
        assertThat(list(RunQuery.ALL.family(new Lineage(null, source)))).containsExactly(both, fork);
        assertThat(list(RunQuery.ALL.family(new Lineage(parent, source)))).containsExactly(both);
        assertThat(list(RunQuery.ALL.family(new Lineage(child, null)))).isEmpty();
        assertThat(view(both).spec().lineage()).isEqualTo(new Lineage(parent, source));
    }

    /** Filters narrow each other. */
    @Test
    void all_filters_count_together() {
        RunId run = run("alpha", Map.of("a", "b"), Lineage.NONE);
        run("alpha", Map.of("a", "c"), Lineage.NONE);
        run("beta", Map.of("a", "b"), Lineage.NONE);
        RunQuery query = RunQuery.ALL
                .statuses(RunStatus.QUEUED)
                .workflow(runs().workflow.name())
                .labels(Map.of("a", "b"))
                .text("ALPHA");
        assertThat(list(query)).containsExactly(run);
        assertThat(list(query.statuses(RunStatus.RUNNING))).isEmpty();
    }

    /** Also when runs are added and change meanwhile. */
    @Test
    void pages_neither_repeat_nor_lose_a_run() {
        List<RunId> made = new ArrayList<>();
        for (int i = 0; i < 23; i++) {
            made.add(runs().queued(Ready.never()));
        }
        Collections.reverse(made);
        RunQuery query = RunQuery.ALL.workflow(runs().workflow.name());
        List<RunId> seen = new ArrayList<>();
        List<Integer> sizes = new ArrayList<>();
        String cursor = null;
        do {
            Page<RunView> page = store().catalog().runs(query.page(new PageRequest(5, cursor)));
            page.items().forEach(view -> seen.add(view.id()));
            sizes.add(page.items().size());
            runs().queued(Ready.never());
            runs().appended(runs().outside(made.get(seen.size() - 1)).log("changed"));
            cursor = page.nextCursor();
        } while (cursor != null && sizes.size() < 10);
        assertThat(seen).containsExactlyElementsOf(made);
        assertThat(sizes).containsExactly(5, 5, 5, 5, 3);
    }

    /** A page that ends with the list has no next one. */
    @Test
    void the_last_page_has_no_cursor() {
        for (int i = 0; i < 4; i++) {
            runs().queued(Ready.never());
        }
        Page<RunView> first = store().catalog().runs(RunQuery.ALL.page(new PageRequest(2, null)));
        Page<RunView> second = store().catalog().runs(RunQuery.ALL.page(new PageRequest(2, first.nextCursor())));
        assertThat(first.nextCursor()).isNotNull();
        assertThat(second.items()).hasSize(2);
        assertThat(second.nextCursor()).isNull();
    }

    /** Cursors come from outside: they may be anything. */
    @Test
    void forged_cursors_are_refused() {
        for (int i = 0; i < 3; i++) {
            runs().queued(Ready.never());
        }
        String real = String.valueOf(store().catalog()
                .runs(RunQuery.ALL.page(new PageRequest(1, null)))
                .nextCursor());
        List<String> forged = List.of(
                "",
                " ",
                "x",
                "null",
                "0",
                "-1",
                "\u0000",
                "日本",
                "' or 1=1 --",
                "../../etc/passwd",
                "AAAA",
                "{}",
                "9".repeat(10_000),
                real + "A",
                real + " ",
                real + "=",
                real.substring(1),
                real.substring(0, real.length() - 2),
                real + real);
        for (String cursor : forged) {
            assertThatThrownBy(() -> store().catalog().runs(RunQuery.ALL.page(new PageRequest(1, cursor))))
                    .as("cursor '%s'", cursor.length() > 80 ? "long" : cursor)
                    .isInstanceOf(InvalidCursorException.class);
        }
    }

    /** Texts that no run can have are refused before a store sees them. */
    @Test
    void a_query_with_a_nul_is_refused() {
        assertThatThrownBy(() -> RunQuery.ALL.text("a\u0000")).isInstanceOf(IllegalArgumentException.class);
        assertThatThrownBy(() -> RunQuery.ALL.workflow("\u0000")).isInstanceOf(IllegalArgumentException.class);
        assertThatThrownBy(() -> RunQuery.ALL.labels(Map.of("a", "\u0000")))
                .isInstanceOf(IllegalArgumentException.class);
        assertThat(list(RunQuery.ALL.text("half a pair \uD83D"))).isEmpty();
    }
}
