package dev.agentrunner.jdbc.commit;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.agentrunner.jdbc.TestRuns;
import dev.agentrunner.jdbc.sql.Dialect;
import dev.agentrunner.spi.error.AgentRunnerException;
import dev.agentrunner.spi.error.StoreClosedException;
import dev.agentrunner.spi.log.AppendOutcome;
import dev.agentrunner.spi.log.AppendOutcome.Appended;
import dev.agentrunner.spi.log.AppendOutcome.Illegal;
import dev.agentrunner.spi.log.Commit;
import dev.agentrunner.spi.log.Hint;
import dev.agentrunner.spi.model.RunId;
import java.lang.reflect.Proxy;
import java.sql.SQLException;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.constraints.IntRange;
import net.jqwik.api.constraints.Size;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

@Timeout(60)
class GroupCommitterTest {

    private static final String REFUSED = "23000";
    private static final String AWAY = "08006";

    /** Knows which failures are refusals, and nothing else. */
    private static final Dialect DIALECT = (Dialect) Proxy.newProxyInstance(
            GroupCommitterTest.class.getClassLoader(),
            new Class<?>[] {Dialect.class},
            (self, method, arguments) -> method.getName().equals("refuses")
                    ? REFUSED.equals(((SQLException) arguments[0]).getSQLState())
                    : "memory");

    /** A database in a list: refuses batches with a guilty commit, and is away for some attempts. */
    private static final class ListWriter implements BatchWriter {
        final List<Commit> written = new CopyOnWriteArrayList<>();
        final Set<Commit> guilty = new HashSet<>();
        final Set<Commit> deadly = new HashSet<>();
        final CountDownLatch begin = new CountDownLatch(1);
        int outages;
        int errors;
        int largest;
        boolean speechless;

        @Override
        public List<AppendOutcome> write(List<Commit> batch) throws SQLException {
            try {
                begin.await();
            } catch (InterruptedException e) {
                throw new IllegalStateException(e);
            }
            if (outages > 0) {
                outages--;
                throw new SQLException("away", AWAY);
            }
            if (errors > 0) {
                errors--;
                throw new OutOfMemoryError("for a moment");
            }
            if (batch.stream().anyMatch(guilty::contains)) {
                throw new SQLException("guilty", REFUSED);
            }
            if (batch.stream().anyMatch(deadly::contains)) {
                throw new StackOverflowError("too deep");
            }
            if (speechless) {
                return List.of();
            }
            largest = Math.max(largest, batch.size());
            written.addAll(batch);
            return batch.stream()
                    .<AppendOutcome>map(commit -> new Appended(commit.lastSeq(), Instant.EPOCH))
                    .toList();
        }

        @Override
        public void close() {}
    }

    @Property(tries = 60)
    void only_the_guilty_hear_of_it_and_the_rest_keeps_its_order(
            @ForAll @Size(min = 1, max = 60) List<@IntRange(max = 9) Integer> marks,
            @ForAll @IntRange(max = 2) int outages,
            @ForAll @IntRange(max = 1) int errors)
            throws Exception {
        ListWriter writer = new ListWriter();
        writer.outages = outages;
        writer.errors = errors;
        GroupCommitter committer = new GroupCommitter(DIALECT, List.of(writer), new Followers());
        RunId run = TestRuns.id();
        Map<Commit, CompletableFuture<AppendOutcome>> outcomes = new LinkedHashMap<>();
        List<Commit> innocent = new ArrayList<>();
        for (int i = 0; i < marks.size(); i++) {
            Commit commit = TestRuns.step(run, i + 1);
            if (marks.get(i) == 0) {
                writer.guilty.add(commit);
            } else {
                innocent.add(commit);
            }
            outcomes.put(commit, committer.append(commit));
        }
        writer.begin.countDown();
        for (Map.Entry<Commit, CompletableFuture<AppendOutcome>> one : outcomes.entrySet()) {
            assertThat(one.getValue().get(30, TimeUnit.SECONDS))
                    .isInstanceOf(writer.guilty.contains(one.getKey()) ? Illegal.class : Appended.class);
        }
        committer.close();
        assertThat(writer.written).containsExactlyElementsOf(innocent);
    }

    @Test
    void a_commit_that_ends_in_an_error_again_and_again_fails_alone() throws Exception {
        ListWriter writer = new ListWriter();
        GroupCommitter committer = new GroupCommitter(DIALECT, List.of(writer), new Followers());
        RunId run = TestRuns.id();
        List<CompletableFuture<AppendOutcome>> outcomes = new ArrayList<>();
        for (int n = 1; n <= 40; n++) {
            Commit commit = TestRuns.step(run, n);
            if (n == 20) {
                writer.deadly.add(commit);
            }
            outcomes.add(committer.append(commit));
        }
        writer.begin.countDown();
        for (int n = 1; n <= 40; n++) {
            AppendOutcome outcome = outcomes.get(n - 1).get(30, TimeUnit.SECONDS);
            if (n == 20) {
                assertThat(outcome).isEqualTo(new Illegal("java.lang.StackOverflowError: too deep"));
            } else {
                assertThat(outcome).isInstanceOf(Appended.class);
            }
        }
        committer.close();
    }

    /** The last resort: whatever is thrown around the writing, nobody waits for ever and the lane goes on. */
    @Test
    void who_cannot_be_told_an_outcome_is_told_that() throws Exception {
        ListWriter writer = new ListWriter();
        writer.begin.countDown();
        Followers followers = new Followers();
        GroupCommitter committer = new GroupCommitter(DIALECT, List.of(writer), followers);
        RunId run = TestRuns.id();
        writer.speechless = true;
        assertThatThrownBy(() -> committer.append(TestRuns.step(run, 1)).get(30, TimeUnit.SECONDS))
                .isInstanceOf(ExecutionException.class)
                .hasCauseInstanceOf(AgentRunnerException.class)
                .hasMessageContaining("may have been written or not");
        writer.speechless = false;
        followers.follow(hint -> {
            throw new StackOverflowError("in a follower");
        });
        CountDownLatch heard = new CountDownLatch(2);
        followers.follow(hint -> heard.countDown());
        for (int n = 2; n <= 3; n++) {
            assertThat(committer.append(TestRuns.step(run, n)).get(30, TimeUnit.SECONDS))
                    .isInstanceOf(Appended.class);
        }
        assertThat(heard.await(30, TimeUnit.SECONDS)).isTrue();
        committer.close();
    }

    @Test
    void what_gathers_during_a_write_becomes_one_batch_and_one_hint_for_each_run() throws Exception {
        ListWriter writer = new ListWriter();
        Followers followers = new Followers();
        List<Hint> hints = new CopyOnWriteArrayList<>();
        followers.follow(hints::add);
        GroupCommitter committer = new GroupCommitter(DIALECT, List.of(writer), followers);
        RunId run = TestRuns.id();
        List<CompletableFuture<AppendOutcome>> all = new ArrayList<>();
        for (int n = 1; n <= 300; n++) {
            all.add(committer.append(TestRuns.step(run, n)));
        }
        writer.begin.countDown();
        CompletableFuture.allOf(all.toArray(new CompletableFuture<?>[0])).get(30, TimeUnit.SECONDS);
        committer.close();
        assertThat(writer.largest).isGreaterThanOrEqualTo(150);
        assertThat(hints).hasSizeLessThan(10).endsWith(new Hint.Changed(run, 602));
    }

    @Test
    void a_closed_committer_has_written_what_waited_and_takes_nothing_more() throws Exception {
        ListWriter writer = new ListWriter();
        writer.begin.countDown();
        GroupCommitter committer = new GroupCommitter(DIALECT, List.of(writer), new Followers());
        RunId run = TestRuns.id();
        CompletableFuture<AppendOutcome> before = committer.append(TestRuns.step(run, 1));
        committer.close();
        committer.close();
        assertThat(before.get(0, TimeUnit.SECONDS)).isInstanceOf(Appended.class);
        assertThatThrownBy(() -> committer.append(TestRuns.step(run, 2)).get(0, TimeUnit.SECONDS))
                .isInstanceOf(ExecutionException.class)
                .hasCauseInstanceOf(StoreClosedException.class);
    }
}
