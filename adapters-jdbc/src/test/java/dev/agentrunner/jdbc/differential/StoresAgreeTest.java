package dev.agentrunner.jdbc.differential;

import com.zaxxer.hikari.HikariDataSource;
import dev.agentrunner.jdbc.PostgresStore;
import dev.agentrunner.jdbc.SqliteFiles;
import dev.agentrunner.jdbc.SqliteStore;
import dev.agentrunner.jdbc.postgres.TestDatabases;
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
import java.sql.SQLException;
import java.time.Duration;
import java.time.InstantSource;
import java.util.Comparator;
import java.util.List;
import java.util.concurrent.locks.LockSupport;
import java.util.stream.Stream;
import net.jqwik.api.Arbitrary;
import net.jqwik.api.EdgeCasesMode;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.Provide;
import net.jqwik.api.Tag;
import net.jqwik.api.lifecycle.AfterContainer;
import net.jqwik.api.lifecycle.AfterProperty;
import net.jqwik.api.lifecycle.BeforeProperty;

/**
 * The same random operations on the in-memory store, SQLite and Postgres at once: every answer and everything that can
 * be seen must be equal. On a difference the Javadoc of the ports says which store is wrong.
 */
@Tag("once")
class StoresAgreeTest {

    private static final Coverage COVERAGE = new Coverage();
    private static final int AT_LEAST = 25;

    private int played;
    private HikariDataSource database = new HikariDataSource();
    private Path folder = Path.of("");

    @BeforeProperty
    void makePlaces() throws IOException {
        database = TestDatabases.migrated();
        folder = Files.createTempDirectory("stores-agree");
    }

    @AfterProperty
    void removePlaces() throws IOException {
        database.close();
        EmbeddedPostgresServer.shared().drop(database.getJdbcUrl());
        try (Stream<Path> all = Files.walk(folder)) {
            for (Path path : all.sorted(Comparator.reverseOrder()).toList()) {
                Files.delete(path);
            }
        }
    }

    @Provide
    Arbitrary<List<Op>> sequences() {
        return Ops.sequences(140);
    }

    /** Goes on until each operation has succeeded and been refused; once in a hundred runs that takes more than 25. */
    @Property(tries = 1_000, edgeCases = EdgeCasesMode.NONE)
    void all_stores_give_the_same_answers(@ForAll("sequences") List<Op> ops) throws SQLException {
        if (played >= AT_LEAST && COVERAGE.isComplete()) {
            return;
        }
        try {
            DifferentialOracle.run(List.of(inMemory(), sqlite(), postgres()), ops, COVERAGE);
            played++;
        } catch (AssertionError different) {
            played = Integer.MIN_VALUE; // shorter sequences that differ are looked for from here on
            throw different;
        } finally {
            TestDatabases.empty(database);
        }
    }

    @AfterContainer
    static void every_operation_has_succeeded_and_been_refused() {
        COVERAGE.assertComplete();
    }

    private static Contestant inMemory() {
        ManualClock clock = ManualClock.standing();
        return new Contestant("memory", new InMemoryStore(clock), () -> clock.advance(Duration.ofMillis(5)));
    }

    private Contestant sqlite() {
        return new Contestant(
                "sqlite",
                SqliteStore.at(SqliteFiles.migrated(folder.resolve(Ids.name("runs") + ".db"))),
                StoresAgreeTest::tick);
    }

    private Contestant postgres() {
        return new Contestant("postgres", PostgresStore.on(database), StoresAgreeTest::tick);
    }

    private static void tick() {
        long before = InstantSource.system().millis();
        while (InstantSource.system().millis() < before + 2) {
            LockSupport.parkNanos(1_000_000);
        }
    }
}
