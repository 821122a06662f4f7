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
import dev.agentrunner.spi.queue.Claim;
import dev.agentrunner.spi.queue.ClaimRequest;
import dev.agentrunner.tck.fixture.Runs;
import java.io.ByteArrayInputStream;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.concurrent.Callable;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
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
    void inv06_two_stores_on_one_file_never_claim_the_same_run() throws Exception {
        Path file = folder.resolve("runs.db");
        ExecutorService threads = Executors.newFixedThreadPool(4);
        try (SqliteStore one = SqliteStore.at(file);
                SqliteStore other = SqliteStore.at(file)) {
            for (int i = 0; i < 200; i++) {
                TestRuns.append(i % 2 == 0 ? one : other, queued(TestRuns.id()));
            }
            List<Callable<List<Claim>>> claimers = new ArrayList<>();
            for (int i = 0; i < 4; i++) {
                SqliteStore store = i % 2 == 0 ? one : other;
                ClaimRequest request = Runs.request(new NodeId("node-" + i), 7, Set.of(TestRuns.WORKFLOW));
                claimers.add(() -> {
                    List<Claim> all = new ArrayList<>();
                    for (List<Claim> some = store.queue().claim(request);
                            !some.isEmpty();
                            some = store.queue().claim(request)) {
                        all.addAll(some);
                    }
                    return all;
                });
            }
            List<RunId> claimed = new ArrayList<>();
            for (Future<List<Claim>> claims : threads.invokeAll(claimers)) {
                claims.get().forEach(claim -> claimed.add(claim.run()));
            }
            assertThat(claimed).hasSize(200).doesNotHaveDuplicates();
        } finally {
            threads.shutdownNow();
        }
    }

    private static Commit queued(RunId run) {
        return new Commit(
                run,
                Fence.create(TestRuns.spec()),
                0,
                List.of(TestRuns.event(EventType.RUN_QUEUED, null)),
                Projection.of(RunRow.QUEUED, Ready.now()));
    }
}
