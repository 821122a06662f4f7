package dev.agentrunner.core.node;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatCode;

import dev.agentrunner.core.journal.Background;
import dev.agentrunner.core.time.StoreClock;
import dev.agentrunner.memory.InMemoryStore;
import dev.agentrunner.spi.artifact.ArtifactStore;
import dev.agentrunner.spi.error.StoreUnavailableException;
import dev.agentrunner.spi.model.Blob;
import dev.agentrunner.spi.model.RunId;
import dev.agentrunner.spi.model.RunStatus;
import dev.agentrunner.spi.queue.Claim;
import dev.agentrunner.spi.workspace.Workspace;
import dev.agentrunner.spi.workspace.WorkspacePolicy;
import dev.agentrunner.spi.workspace.Workspaces;
import dev.agentrunner.tck.fault.FaultyStore;
import dev.agentrunner.tck.fixture.Ids;
import dev.agentrunner.tck.fixture.ManualClock;
import dev.agentrunner.tck.fixture.Runs;
import java.io.IOException;
import java.io.InputStream;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.ScheduledThreadPoolExecutor;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

@Timeout(30)
class UpkeepTest {

    private static final Duration KEEP = Duration.ofDays(5);

    private final ManualClock clock = ManualClock.standing();
    private final FaultyStore store = new FaultyStore(new InMemoryStore(clock));
    private final Runs runs = new Runs(store);
    private final List<Duration> sweeps = new ArrayList<>();
    private final Folder folder = new Folder();

    private final class Sweeping implements ArtifactStore {
        @Override
        public Blob put(InputStream bytes) {
            throw new UnsupportedOperationException();
        }

        @Override
        public InputStream open(Blob blob, long offset, long length) {
            throw new UnsupportedOperationException();
        }

        @Override
        public int sweep(Duration minAge, Listing listing) {
            sweeps.add(minAge);
            return 1;
        }
    }

    private static final class Folder implements Workspaces {
        private final List<RunId> there = new ArrayList<>();
        private boolean locked;

        @Override
        public Workspace open(RunId run, WorkspacePolicy policy) {
            throw new UnsupportedOperationException();
        }

        @Override
        public List<RunId> runs() {
            return List.copyOf(there);
        }

        @Override
        public void delete(RunId run) {
            if (locked) {
                throw new StoreUnavailableException("a folder", new IOException("locked"));
            }
            there.remove(run);
        }
    }

    private Upkeep upkeep(@Nullable Duration retention, @Nullable Workspaces workspaces) {
        return new Upkeep(store, new Sweeping(), new StoreClock(clock.instant()), retention, workspaces);
    }

    @AfterEach
    void close() {
        store.close();
    }

    private boolean isKept(RunId run) {
        return store.catalog().run(run).isPresent();
    }

    @Test
    void all_runs_that_finished_long_ago_are_purged_and_no_others() {
        List<RunId> old = new ArrayList<>();
        for (int i = 0; i < 250; i++) {
            old.add(runs.finished(RunStatus.COMPLETED));
        }
        Claim running = runs.running(Ids.node());
        clock.advance(KEEP.plusMinutes(1));
        RunId young = runs.finished(RunStatus.FAILED);
        upkeep(KEEP, null).clean();

        assertThat(old).noneMatch(this::isKept);
        assertThat(isKept(running.run())).isTrue();
        assertThat(isKept(young)).isTrue();
    }

    @Test
    void without_retention_every_run_is_kept() {
        RunId old = runs.finished(RunStatus.COMPLETED);
        clock.advance(Duration.ofDays(10_000));
        upkeep(null, null).clean();

        assertThat(isKept(old)).isTrue();
        assertThat(sweeps).containsExactly(Duration.ofDays(7));
    }

    @Test
    void a_workspace_goes_with_its_run() {
        RunId kept = runs.finished(RunStatus.COMPLETED);
        RunId gone = Ids.run();
        folder.there.addAll(List.of(kept, gone));
        upkeep(null, folder).clean();
        assertThat(folder.there).containsExactly(kept);

        upkeep(null, folder).forgetWorkspace(kept);
        assertThat(folder.there).isEmpty();
    }

    @Test
    void what_cannot_be_cleaned_up_now_keeps_nobody_from_going_on() {
        folder.there.add(Ids.run());
        folder.locked = true;
        assertThatCode(() -> upkeep(null, folder).clean()).doesNotThrowAnyException();
        assertThatCode(() -> upkeep(null, folder).forgetWorkspace(folder.there.get(0)))
                .doesNotThrowAnyException();
        assertThatCode(() -> upkeep(null, null).forgetWorkspace(Ids.run())).doesNotThrowAnyException();
        store.breakDown();
        assertThatCode(() -> upkeep(KEEP, null).clean()).doesNotThrowAnyException();
        assertThatCode(() -> upkeep(KEEP, null).leave(Ids.node())).doesNotThrowAnyException();
        store.recover();
    }

    @Test
    void a_node_that_leaves_gives_its_runs_to_others() {
        Claim claim = runs.running(Ids.node());
        var node = store.catalog().run(claim.run()).orElseThrow().owner().node();
        assertThat(node).isNotNull();
        upkeep(null, null).leave(node);
        assertThat(runs.claimOnly(claim.run(), Ids.node()).epoch()).isEqualTo(3);
    }

    @Test
    void cleaning_up_comes_again_and_again() {
        ScheduledThreadPoolExecutor timer = new ScheduledThreadPoolExecutor(1);
        try {
            upkeep(null, null).schedule(new Background(Runnable::run, timer));
            assertThat(timer.getQueue()).hasSize(1);
            var task = (java.util.concurrent.RunnableScheduledFuture<?>)
                    timer.getQueue().element();
            assertThat(task.getDelay(TimeUnit.SECONDS)).isBetween(240L, 300L);
            assertThat(task.isPeriodic()).isTrue();
            task.run();
            assertThat(sweeps).hasSize(1);
        } finally {
            timer.shutdownNow();
        }
    }
}
