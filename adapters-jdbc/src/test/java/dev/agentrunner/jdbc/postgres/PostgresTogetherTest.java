package dev.agentrunner.jdbc.postgres;

import static org.assertj.core.api.Assertions.assertThat;

import com.zaxxer.hikari.HikariDataSource;
import dev.agentrunner.jdbc.PostgresStore;
import dev.agentrunner.spi.log.AppendOutcome;
import dev.agentrunner.spi.log.Ready;
import dev.agentrunner.spi.model.NodeId;
import dev.agentrunner.spi.model.RunId;
import dev.agentrunner.spi.queue.Claim;
import dev.agentrunner.spi.queue.QueueLimit;
import dev.agentrunner.spi.queue.Rate;
import dev.agentrunner.tck.fixture.Ids;
import dev.agentrunner.tck.fixture.Runs;
import java.sql.SQLException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.concurrent.Callable;
import java.util.concurrent.CyclicBarrier;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/** Nodes that do the same at the same moment. */
@Timeout(180)
class PostgresTogetherTest {

    private static <T> List<T> together(List<? extends Callable<T>> tasks) throws Exception {
        ExecutorService threads = Executors.newFixedThreadPool(tasks.size());
        try {
            CyclicBarrier start = new CyclicBarrier(tasks.size());
            List<Future<T>> results = new ArrayList<>();
            for (Callable<T> task : tasks) {
                results.add(threads.submit(() -> {
                    start.await();
                    return task.call();
                }));
            }
            List<T> all = new ArrayList<>();
            for (Future<T> result : results) {
                all.add(result.get());
            }
            return all;
        } finally {
            threads.shutdownNow();
        }
    }

    @Test
    void eight_nodes_that_start_at_once_make_one_schema() throws Exception {
        try (HikariDataSource look = TestDatabases.fresh()) {
            List<Callable<Boolean>> starts = IntStream.range(0, 8)
                    .<Callable<Boolean>>mapToObj(i -> () -> {
                        try (HikariDataSource pool = TestDatabases.pool(look.getJdbcUrl());
                                PostgresStore store = PostgresStore.on(pool)) {
                            new Runs(store).queued();
                            return store.catalog().counts().isEmpty();
                        }
                    })
                    .toList();

            assertThat(together(starts)).containsOnly(false);
            assertThat(RawPostgres.number(look, "SELECT count(*) FROM ar_runs")).isEqualTo(8);
            assertThat(RawPostgres.number(
                            look, "SELECT count(*) FROM ar_schema_history WHERE success AND version = '1'"))
                    .isOne();
        }
    }

    @Test
    void inv11_many_submits_with_one_key_on_two_nodes_make_one_run() throws Exception {
        try (HikariDataSource pool = TestDatabases.migrated();
                PostgresStore one = PostgresStore.builder(pool).lanes(4).open();
                HikariDataSource second = TestDatabases.pool(pool.getJdbcUrl());
                PostgresStore other = PostgresStore.on(second)) {
            for (int round = 0; round < 10; round++) {
                String key = Ids.name("key");
                List<Callable<RunId>> submits = IntStream.range(0, 8)
                        .<Callable<RunId>>mapToObj(i -> () -> {
                            Runs runs = new Runs(i % 2 == 0 ? one : other);
                            RunId id = Ids.run();
                            AppendOutcome outcome = runs.append(runs.creating(id, runs.spec(0, key)));
                            return outcome instanceof AppendOutcome.Exists exists ? exists.run() : id;
                        })
                        .toList();
                assertThat(Set.copyOf(together(submits))).hasSize(1);
            }
            assertThat(RawPostgres.number(pool, "SELECT count(*) FROM ar_runs")).isEqualTo(10);
        }
    }

    /** Each wakes the runs of the others, in any order: locks are taken in one order, so nobody dies of it. */
    @Test
    void writers_that_wake_each_other_do_not_deadlock() throws Exception {
        try (HikariDataSource pool = TestDatabases.migrated();
                PostgresStore one = PostgresStore.builder(pool).lanes(4).open();
                HikariDataSource second = TestDatabases.pool(pool.getJdbcUrl());
                PostgresStore other = PostgresStore.builder(second).lanes(4).open()) {
            Runs here = new Runs(one);
            Runs there = new Runs(other);
            List<Claim> claims = new ArrayList<>();
            for (int i = 0; i < 8; i++) {
                claims.add((i % 2 == 0 ? here : there).running(Ids.node()));
            }
            RunId[] all = claims.stream().map(Claim::run).toArray(RunId[]::new);
            List<Callable<Boolean>> writers = IntStream.range(0, 8)
                    .<Callable<Boolean>>mapToObj(i -> () -> {
                        Runs runs = i % 2 == 0 ? here : there;
                        for (int n = 0; n < 60; n++) {
                            runs.appended(runs.holding(claims.get(i)).wakes(all));
                        }
                        return true;
                    })
                    .toList();
            assertThat(together(writers)).containsOnly(true);
            assertThat(RawPostgres.number(
                            pool, "SELECT deadlocks FROM pg_stat_database WHERE datname = current_database()"))
                    .isZero();
        }
    }

    @Test
    void nodes_together_never_exceed_what_a_queue_allows() throws Exception {
        try (HikariDataSource pool = TestDatabases.migrated();
                PostgresStore one = PostgresStore.on(pool);
                HikariDataSource second = TestDatabases.pool(pool.getJdbcUrl());
                PostgresStore other = PostgresStore.on(second)) {
            Runs runs = new Runs(one);
            for (int i = 0; i < 60; i++) {
                runs.queued(runs.spec(), Ready.now());
            }
            QueueLimit everywhere = new QueueLimit(runs.queue, 10, 5, null);
            assertThat(claimed(one, other, runs, everywhere)).isEqualTo(5);
            assertThat(held(pool)).isEqualTo(5);

            QueueLimit rate = new QueueLimit(runs.queue, 100, null, new Rate(12, Duration.ofDays(1)));
            assertThat(claimed(one, other, runs, rate)).isEqualTo(7);
            assertThat(held(pool)).isEqualTo(12);
        }
    }

    private static int claimed(PostgresStore one, PostgresStore other, Runs runs, QueueLimit limit) throws Exception {
        List<Callable<Integer>> nodes = IntStream.range(0, 8)
                .<Callable<Integer>>mapToObj(i -> () -> {
                    NodeId node = Ids.node();
                    int got = 0;
                    for (int n = 0; n < 5; n++) {
                        got += (i % 2 == 0 ? one : other)
                                .queue()
                                .claim(Runs.request(node, 3, Set.of(runs.workflow), limit))
                                .size();
                    }
                    return got;
                })
                .toList();
        return together(nodes).stream().mapToInt(Integer::intValue).sum();
    }

    private static long held(HikariDataSource pool) throws SQLException {
        return RawPostgres.number(pool, "SELECT count(*) FROM ar_runs WHERE node IS NOT NULL");
    }
}
