package dev.agentrunner.jdbc.postgres;

import com.zaxxer.hikari.HikariDataSource;
import dev.agentrunner.jdbc.PostgresStore;
import dev.agentrunner.jdbc.SqliteStore;
import dev.agentrunner.jdbc.postgres.embedded.EmbeddedPostgresServer;
import dev.agentrunner.memory.InMemoryStore;
import dev.agentrunner.tck.fixture.Ids;
import dev.agentrunner.tck.fixture.ManualClock;
import dev.agentrunner.tck.oracle.Contestant;
import dev.agentrunner.tck.oracle.Coverage;
import dev.agentrunner.tck.oracle.DifferentialOracle;
import dev.agentrunner.tck.oracle.Op;
import dev.agentrunner.tck.oracle.Ops;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.concurrent.locks.LockSupport;
import net.jqwik.api.Arbitrary;
import net.jqwik.api.EdgeCasesMode;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.Provide;
import net.jqwik.api.ShrinkingMode;
import net.jqwik.api.lifecycle.AfterContainer;

/** The same random operations on the in-memory store, SQLite and PostgreSQL: every answer is the same. */
final class StoresAgreeTest {

    private static final Coverage COVERAGE = new Coverage();
    private static final long TICK_NANOS = 2_000_000;

    @Provide
    Arbitrary<List<Op>> sequences() {
        return Ops.sequences(120);
    }

    @Property(tries = 25, edgeCases = EdgeCasesMode.NONE, shrinking = ShrinkingMode.BOUNDED)
    void all_stores_give_the_same_answers(@ForAll("sequences") List<Op> ops) throws IOException {
        ManualClock clock = new ManualClock(Instant.parse("2030-01-01T00:00:00Z"));
        Path file = Files.createTempDirectory("agree").resolve(Ids.name("runs") + ".db");
        try (HikariDataSource pool = TestDatabases.migrated()) {
            DifferentialOracle.run(
                    List.of(
                            new Contestant(
                                    "memory", new InMemoryStore(clock), () -> clock.advance(Duration.ofMillis(5))),
                            new Contestant("sqlite", SqliteStore.at(file), () -> LockSupport.parkNanos(TICK_NANOS)),
                            new Contestant(
                                    "postgres", PostgresStore.on(pool), () -> LockSupport.parkNanos(TICK_NANOS))),
                    ops,
                    COVERAGE);
            EmbeddedPostgresServer.shared().drop(pool.getJdbcUrl());
        }
    }

    @AfterContainer
    static void every_operation_was_tried() {
        COVERAGE.assertComplete();
    }
}
