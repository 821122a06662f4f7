package dev.agentrunner.jdbc.commit;

import static org.assertj.core.api.Assertions.assertThat;

import ch.qos.logback.classic.Level;
import ch.qos.logback.classic.Logger;
import dev.agentrunner.interleaving.Interleavings;
import dev.agentrunner.interleaving.Stage;
import dev.agentrunner.interleaving.SteppedLock;
import dev.agentrunner.jdbc.TestRuns;
import dev.agentrunner.jdbc.sql.Dialect;
import dev.agentrunner.spi.error.StoreClosedException;
import dev.agentrunner.spi.log.AppendOutcome;
import dev.agentrunner.spi.log.AppendOutcome.Appended;
import dev.agentrunner.spi.log.AppendOutcome.Illegal;
import dev.agentrunner.spi.log.Commit;
import dev.agentrunner.spi.model.RunId;
import java.lang.reflect.Field;
import java.lang.reflect.Proxy;
import java.sql.SQLException;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Collections;
import java.util.HashSet;
import java.util.IdentityHashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionException;
import java.util.concurrent.locks.Condition;
import java.util.concurrent.locks.ReentrantLock;
import java.util.function.BooleanSupplier;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.slf4j.LoggerFactory;

/** How commits are handed to the thread that writes them, in every order in which that can happen. */
@Tag("once")
@Timeout(120)
class LaneInterleavingTest {

    private static final String REFUSED = "23000";

    private static final Dialect DIALECT = (Dialect) Proxy.newProxyInstance(
            LaneInterleavingTest.class.getClassLoader(),
            new Class<?>[] {Dialect.class},
            (self, method, arguments) -> method.getName().equals("refuses")
                    ? REFUSED.equals(((SQLException) arguments[0]).getSQLState())
                    : "memory");

    private static final RunId ONE = TestRuns.id();
    private static final RunId OTHER = TestRuns.id();
    private static final List<Commit> OF_ONE = List.of(TestRuns.step(ONE, 1), TestRuns.step(ONE, 2));
    private static final List<Commit> OF_OTHER = List.of(TestRuns.step(OTHER, 1));

    /** A database that takes its time: what is written stands there before the writer knows it. */
    private static final class SlowWriter implements BatchWriter {
        final Stage stage;
        final List<Commit> written = new ArrayList<>();
        final Set<Commit> guilty = Collections.newSetFromMap(new IdentityHashMap<>());
        int outages;
        int errors;
        boolean closed;
        BooleanSupplier storeIsClosed = () -> false;
        final Set<Commit> triedOnceMore = new HashSet<>();
        final List<Commit> tooOften = new ArrayList<>();

        SlowWriter(Stage stage) {
            this.stage = stage;
        }

        @Override
        public List<AppendOutcome> write(List<Commit> batch) throws SQLException {
            assertThat(closed).as("gave its connection back").isFalse();
            if (outages > 0) {
                outages--;
                if (storeIsClosed.getAsBoolean() && !triedOnceMore.add(batch.get(0))) {
                    tooOften.add(batch.get(0));
                }
                throw new SQLException("away", "08006");
            }
            if (errors > 0) {
                errors--;
                throw new OutOfMemoryError("for a moment");
            }
            if (batch.stream().anyMatch(guilty::contains)) {
                throw new SQLException("guilty", REFUSED);
            }
            written.addAll(batch);
            stage.step();
            return batch.stream()
                    .<AppendOutcome>map(commit -> new Appended(commit.lastSeq(), Instant.EPOCH))
                    .toList();
        }

        @Override
        public void close() {
            closed = true;
        }
    }

    /** A lane, its writer, and two runs that hand it commits. */
    private static final class Scene {
        final Stage stage;
        final SlowWriter writer;
        final Outage outage = new Outage("memory");
        final Lane lane;
        final Map<Commit, CompletableFuture<AppendOutcome>> outcomes = new LinkedHashMap<>();
        final Set<Commit> late = new HashSet<>();
        boolean closed;

        Scene(Stage stage) {
            this.stage = stage;
            this.writer = new SlowWriter(stage);
            writer.storeIsClosed = () -> closed;
            Telling telling = new Telling("memory", new Followers(), Runnable::run);
            this.lane = new Lane("memory", new BatchAttempt(writer, DIALECT, outage, telling));
            steer(lane, stage.lock(false));
            steer(outage, stage.lock(true));
            stage.task("lane", lane);
            stage.task("one", () -> OF_ONE.forEach(this::append));
            stage.task("other", () -> OF_OTHER.forEach(this::append));
        }

        private void append(Commit commit) {
            if (closed) {
                late.add(commit);
            }
            CompletableFuture<AppendOutcome> outcome = lane.append(commit);
            outcomes.put(commit, outcome);
            outcome.thenAccept(known -> {
                if (known instanceof Appended) {
                    assertThat(writer.written)
                            .as("was written before somebody is told so")
                            .contains(commit);
                }
            });
        }

        /** As the committer does it. */
        void close() {
            lane.close();
            outage.close();
            closed = true;
        }

        /** Once all have done what they can. */
        void checkAll() {
            assertThat(writer.closed).isEqualTo(closed);
            assertThat(writer.tooOften)
                    .as("tried again and again after the store was closed")
                    .isEmpty();
            assertThat(outcomes).hasSize(OF_ONE.size() + OF_OTHER.size());
            assertThat(writer.written).doesNotHaveDuplicates();
            assertThat(writer.written.stream().filter(OF_ONE::contains))
                    .as("in the order in which the run handed them over")
                    .isSubsetOf(OF_ONE)
                    .isSortedAccordingTo((one, other) -> Long.compare(one.lastSeq(), other.lastSeq()));
            outcomes.forEach((commit, outcome) -> {
                assertThat(outcome).as("somebody waits for ever").isDone();
                assertThat(outcome(outcome) instanceof Appended)
                        .as("what is told is what was done")
                        .isEqualTo(writer.written.contains(commit));
            });
            assertThat(late)
                    .allSatisfy(commit ->
                            assertThat(outcome(outcomes.get(commit))).isInstanceOf(StoreClosedException.class));
        }

        Object of(Commit commit) {
            return outcome(outcomes.get(commit));
        }

        private static Object outcome(CompletableFuture<AppendOutcome> outcome) {
            try {
                return outcome.join();
            } catch (CompletionException e) {
                return e.getCause();
            }
        }
    }

    /** It would say thousands of times that the database is away. */
    @BeforeAll
    static void silence() {
        ((Logger) LoggerFactory.getLogger(Outage.class)).setLevel(Level.OFF);
    }

    @AfterAll
    static void speak() {
        ((Logger) LoggerFactory.getLogger(Outage.class)).setLevel(null);
    }

    private static void steer(Object target, SteppedLock lock) {
        try {
            for (Field field : target.getClass().getDeclaredFields()) {
                field.setAccessible(true);
                if (field.getType() == ReentrantLock.class) {
                    field.set(target, lock);
                } else if (field.getType() == Condition.class) {
                    field.set(target, lock.newCondition());
                }
            }
        } catch (IllegalAccessException e) {
            throw new IllegalStateException(e);
        }
    }

    @Test
    void whoever_closes_when_no_commit_is_lost_and_none_is_written_twice() {
        int orders = Interleavings.all().preemptions(2).of(stage -> {
            Scene scene = new Scene(stage);
            stage.task("closer", scene::close);
            return () -> {
                scene.checkAll();
                assertThat(scene.outcomes)
                        .allSatisfy((commit, outcome) -> assertThat(scene.of(commit))
                                .as("taken and written, or not taken")
                                .isInstanceOfAny(Appended.class, StoreClosedException.class));
            };
        });
        assertThat(orders).isGreaterThan(1_000);
    }

    @Test
    void a_condition_that_is_left_without_a_signal_ends_nothing() {
        Interleavings.all().preemptions(1).falseWakes(1).of(stage -> {
            Scene scene = new Scene(stage);
            stage.task("closer", () -> {
                stage.until(() -> scene.outcomes.size() == 3
                        && scene.outcomes.values().stream().allMatch(CompletableFuture::isDone));
                scene.close();
            });
            return () -> {
                scene.checkAll();
                assertThat(scene.writer.written).hasSize(3);
            };
        });
    }

    @Test
    void a_refusal_meets_the_guilty_one_whatever_shares_its_batch() {
        for (Commit guilty : List.of(OF_ONE.get(1), OF_OTHER.get(0))) {
            Interleavings.all().preemptions(1).of(stage -> {
                Scene scene = new Scene(stage);
                scene.writer.guilty.add(guilty);
                stage.task("closer", () -> {
                    stage.until(() -> scene.outcomes.size() == 3);
                    scene.close();
                });
                return () -> {
                    scene.checkAll();
                    assertThat(scene.of(guilty)).isInstanceOf(Illegal.class);
                    assertThat(scene.writer.written).hasSize(2).doesNotContain(guilty);
                };
            });
        }
    }

    @Test
    void an_outage_and_a_moment_without_memory_pass_and_all_is_written() {
        Interleavings.all().preemptions(1).of(stage -> {
            Scene scene = new Scene(stage);
            scene.writer.outages = 1;
            scene.writer.errors = 1;
            stage.task("closer", () -> {
                stage.until(() -> scene.writer.written.size() == 3);
                scene.close();
            });
            return scene::checkAll;
        });
    }

    @Test
    void who_closes_during_an_outage_leaves_nobody_waiting() {
        Interleavings.all().preemptions(2).of(stage -> {
            Scene scene = new Scene(stage);
            scene.writer.outages = 2;
            stage.task("closer", scene::close);
            return () -> {
                scene.checkAll();
                assertThat(scene.outcomes)
                        .allSatisfy((commit, outcome) -> assertThat(scene.of(commit))
                                .isInstanceOfAny(Appended.class, StoreClosedException.class));
            };
        });
    }

    /** More than fit into one batch. */
    @Test
    void what_one_batch_cannot_hold_is_written_with_the_next() {
        Interleavings.all().preemptions(0).of(stage -> {
            SlowWriter writer = new SlowWriter(stage);
            Telling telling = new Telling("memory", new Followers(), Runnable::run);
            Lane lane = new Lane("memory", new BatchAttempt(writer, DIALECT, new Outage("memory"), telling));
            List<Commit> commits = new ArrayList<>();
            List<CompletableFuture<AppendOutcome>> outcomes = new ArrayList<>();
            for (int n = 1; n <= 2_500; n++) {
                commits.add(TestRuns.step(ONE, n));
                outcomes.add(lane.append(commits.get(n - 1)));
            }
            lane.close();
            stage.task("lane", lane);
            return () -> {
                assertThat(writer.written).containsExactlyElementsOf(commits);
                assertThat(outcomes).allMatch(CompletableFuture::isDone);
            };
        });
    }
}
