package dev.agentrunner.jdbc;

import static org.assertj.core.api.Assertions.assertThat;

import dev.agentrunner.spi.catalog.RunQuery;
import dev.agentrunner.spi.log.AppendOutcome;
import dev.agentrunner.spi.log.Commit;
import dev.agentrunner.spi.log.Fence;
import dev.agentrunner.spi.log.Projection;
import dev.agentrunner.spi.log.Ready;
import dev.agentrunner.spi.model.EventType;
import dev.agentrunner.spi.model.NodeId;
import dev.agentrunner.spi.model.RunId;
import dev.agentrunner.spi.model.RunRow;
import dev.agentrunner.spi.model.RunStatus;
import dev.agentrunner.spi.queue.ClaimRequest;
import dev.agentrunner.spi.queue.NodeBeat;
import java.io.ByteArrayInputStream;
import java.nio.file.Path;
import java.util.List;
import java.util.Set;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class SqliteStoreTest {

    @TempDir
    Path folder;

    @Test
    void a_run_is_kept_over_a_restart() throws Exception {
        Path file = folder.resolve("deep/runs.db");
        RunId run = TestRuns.id();
        try (SqliteStore store = SqliteStore.at(file)) {
            assertThat(TestRuns.append(store, TestRuns.claimed(run, TestRuns.NODE)))
                    .isInstanceOf(AppendOutcome.Appended.class);
            assertThat(TestRuns.append(store, TestRuns.step(run, 1))).isInstanceOf(AppendOutcome.Appended.class);
            assertThat(TestRuns.append(store, TestRuns.completed(run, 4))).isInstanceOf(AppendOutcome.Appended.class);
        }
        try (SqliteStore store = SqliteStore.at(file)) {
            assertThat(store.log().read(run, 0, 100))
                    .extracting(event -> event.seq())
                    .containsExactly(1L, 2L, 3L, 4L, 5L);
            assertThat(store.catalog().run(run).orElseThrow().state().status()).isEqualTo(RunStatus.COMPLETED);
            assertThat(store.catalog().steps(run)).hasSize(1);
            assertThat(store.catalog().runs(RunQuery.ALL.text("TEST")).items()).hasSize(1);
            var blob = store.artifacts().put(new ByteArrayInputStream(new byte[3_000_000]));
            assertThat(store.artifacts().open(blob).readAllBytes()).isEqualTo(new byte[3_000_000]);
            assertThat(store.retention().purge(run)).isTrue();
            assertThat(store.log().read(run, 0, 100)).isEmpty();
        }
    }

    @Test
    void queued_runs_are_claimed_in_order() {
        try (SqliteStore store = SqliteStore.at(folder.resolve("runs.db"))) {
            RunId run = TestRuns.id();
            TestRuns.append(
                    store,
                    new Commit(
                            run,
                            Fence.create(TestRuns.spec()),
                            0,
                            List.of(TestRuns.event(EventType.RUN_QUEUED, null)),
                            Projection.of(RunRow.QUEUED, Ready.now())));
            store.queue().beat(new NodeBeat(TestRuns.NODE, 3));
            assertThat(store.queue().nextReady(List.of(TestRuns.WORKFLOW))).isPresent();
            var claims = store.queue().claim(new ClaimRequest(TestRuns.NODE, 10, Set.of(TestRuns.WORKFLOW), List.of()));
            assertThat(claims).hasSize(1);
            assertThat(store.queue().held(TestRuns.NODE)).containsEntry(run, 1L);
            store.queue().leave(TestRuns.NODE);
            assertThat(store.queue()
                            .claim(new ClaimRequest(new NodeId("b"), 10, Set.of(TestRuns.WORKFLOW), List.of()))
                            .get(0)
                            .epoch())
                    .isEqualTo(3);
        }
    }
}
