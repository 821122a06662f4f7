package dev.agentrunner.jdbc;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.agentrunner.spi.error.StoreClosedException;
import dev.agentrunner.spi.log.AppendOutcome;
import dev.agentrunner.spi.log.AppendOutcome.Appended;
import dev.agentrunner.spi.log.Commit;
import dev.agentrunner.spi.model.Json;
import dev.agentrunner.spi.model.NewEvent;
import dev.agentrunner.spi.model.RunId;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.Statement;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

@Timeout(120)
class SqliteOutageTest {

    @TempDir
    Path folder;

    /** Longer than SQLite itself waits for the lock. */
    @Test
    void a_lock_held_by_somebody_else_for_seconds_fails_nothing() throws Exception {
        Path file = folder.resolve("runs.db");
        RunId run = TestRuns.id();
        try (SqliteStore store = SqliteStore.at(file);
                Connection other = RawSql.on(file).connect();
                Statement statement = other.createStatement()) {
            TestRuns.append(store, TestRuns.claimed(run, TestRuns.NODE));
            statement.execute("BEGIN IMMEDIATE");
            CompletableFuture<AppendOutcome> step = store.log().append(TestRuns.step(run, 1));
            assertThatThrownBy(() -> step.get(6, TimeUnit.SECONDS)).isInstanceOf(TimeoutException.class);
            assertThat(store.log().read(run, 0, 10)).hasSize(2);
            statement.execute("COMMIT");
            assertThat(step.get(60, TimeUnit.SECONDS)).isInstanceOf(Appended.class);
            assertThat(store.log().read(run, 0, 10)).hasSize(4);
        }
    }

    @Test
    void a_full_disk_fails_nothing_and_work_goes_on_when_there_is_room_again() throws Exception {
        FailingDataSource database = new FailingDataSource(folder.resolve("runs.db"));
        RunId run = TestRuns.id();
        try (SqliteStore store = SqliteStore.of(database.get())) {
            TestRuns.append(store, TestRuns.claimed(run, TestRuns.NODE));
            database.execute("PRAGMA max_page_count = 1");
            CompletableFuture<AppendOutcome> step = store.log().append(large(TestRuns.step(run, 1)));
            assertThatThrownBy(() -> step.get(500, TimeUnit.MILLISECONDS)).isInstanceOf(TimeoutException.class);
            assertThat(store.log().read(run, 0, 10)).hasSize(2);
            database.execute("PRAGMA max_page_count = 1000000");
            assertThat(step.get(60, TimeUnit.SECONDS)).isInstanceOf(Appended.class);
        }
    }

    @ParameterizedTest
    @ValueSource(booleans = {false, true})
    void a_commit_that_took_effect_although_it_reported_a_failure_is_found_out(boolean outOfMemory) throws Exception {
        FailingDataSource database = new FailingDataSource(folder.resolve("runs.db"));
        database.outOfMemory = outOfMemory;
        RunId run = TestRuns.id();
        try (SqliteStore store = SqliteStore.of(database.get())) {
            TestRuns.append(store, TestRuns.claimed(run, TestRuns.NODE));
            database.lostAcknowledgements.set(1);
            assertThat(TestRuns.append(store, TestRuns.step(run, 1))).isInstanceOf(Appended.class);
            assertThat(database.lostAcknowledgements).hasValue(0);
            database.failedCommits.set(2);
            assertThat(TestRuns.append(store, TestRuns.step(run, 2))).isInstanceOf(Appended.class);
            assertThat(database.failedCommits).hasValue(0);
            assertThat(store.log().read(run, 0, 10)).hasSize(6);
        }
    }

    @Test
    void closing_during_an_outage_ends_and_says_so_to_who_waits() throws Exception {
        FailingDataSource database = new FailingDataSource(folder.resolve("runs.db"));
        SqliteStore store = SqliteStore.of(database.get());
        database.failedCommits.set(Integer.MAX_VALUE);
        CompletableFuture<AppendOutcome> waiting = store.log().append(TestRuns.claimed(TestRuns.id(), TestRuns.NODE));
        assertThatThrownBy(() -> waiting.get(300, TimeUnit.MILLISECONDS)).isInstanceOf(TimeoutException.class);
        store.close();
        assertThatThrownBy(() -> waiting.get(0, TimeUnit.SECONDS))
                .isInstanceOf(ExecutionException.class)
                .hasCauseInstanceOf(StoreClosedException.class);
    }

    /** The database refuses the whole batch; only the guilty commit may hear of it. */
    @Test
    void an_illegal_step_among_many_commits_fails_alone() throws Exception {
        Path file = folder.resolve("runs.db");
        try (SqliteStore store = SqliteStore.at(file)) {
            RunId guilty = TestRuns.id();
            TestRuns.append(store, TestRuns.claimed(guilty, TestRuns.NODE));
            TestRuns.append(store, TestRuns.step(guilty, 1));
            Commit first = TestRuns.step(guilty, 1);
            Commit again = new Commit(guilty, first.fence(), 4, first.events(), first.projection());
            List<CompletableFuture<AppendOutcome>> others = new ArrayList<>();
            CompletableFuture<AppendOutcome> illegal = null;
            for (int i = 0; i < 100; i++) {
                others.add(store.log().append(TestRuns.claimed(TestRuns.id(), TestRuns.NODE)));
                if (i == 50) {
                    illegal = store.log().append(again);
                }
            }
            assertThat(illegal.get(60, TimeUnit.SECONDS))
                    .isInstanceOfSatisfying(
                            AppendOutcome.Illegal.class,
                            o -> assertThat(o.reason()).contains("INV-2"));
            for (CompletableFuture<AppendOutcome> other : others) {
                assertThat(other.get(60, TimeUnit.SECONDS)).isInstanceOf(Appended.class);
            }
            assertThat(TestRuns.append(store, TestRuns.step(guilty, 2))).isInstanceOf(Appended.class);
        }
    }

    private static Commit large(Commit commit) {
        List<NewEvent> events = commit.events().stream()
                .map(event -> new NewEvent(
                        event.type(), event.step(), new Json("\"" + "x".repeat(100_000) + "\""), event.actor()))
                .toList();
        return new Commit(commit.run(), commit.fence(), commit.expectedSeq(), events, commit.projection());
    }
}
