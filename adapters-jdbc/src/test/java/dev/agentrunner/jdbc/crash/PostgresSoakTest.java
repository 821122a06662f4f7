package dev.agentrunner.jdbc.crash;

import static org.assertj.core.api.Assertions.assertThat;

import dev.agentrunner.jdbc.postgres.CuttableProxy;
import dev.agentrunner.jdbc.postgres.CuttableProxy.Commit;
import dev.agentrunner.jdbc.postgres.PooledStore;
import dev.agentrunner.jdbc.postgres.embedded.EmbeddedPostgresServer;
import java.io.IOException;
import java.sql.Connection;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.time.Duration;
import java.util.HashMap;
import java.util.Map;
import java.util.Random;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;

/**
 * All at once: processes on one PostgreSQL server are killed and frozen, their connections are cut, and the server crashes.
 * One worker is spared nothing but death; what it holds in the end shows whether anything leaks. {@code -Dsoak.minutes=30}
 * goes on for as long as that.
 */
final class PostgresSoakTest extends CrashContract {

    private static final Duration LENGTH = Duration.ofMinutes(Integer.getInteger("soak.minutes", 0));
    private static final int CRASHES = 2;
    private static final int CUTS = 10;
    private static final int BLOWS_PER_CUT = 7;
    private static final int BLOWS_PER_CRASH = 40;
    private static final int LONGEST_OUTAGE_MILLIS = 1_500;
    private static final Duration CALM = Duration.ofSeconds(60);

    /** Threads that are made when they are first needed, and stay: for store calls, callbacks and the pool. */
    private static final int LATE_THREADS = 16;

    private static final long HEAP_NOISE = 3 << 20;

    private static EmbeddedPostgresServer server;
    private static CuttableProxy proxy;
    private static Target target;

    private final long begin = System.nanoTime();
    private @Nullable WorkerProcess survivor;
    private @Nullable Vitals atFirst;
    private @Nullable Vitals early;
    private int cuts;
    private int crashes;

    @BeforeAll
    static void startServer() throws IOException {
        server = EmbeddedPostgresServer.start();
        target = new Target(server.newDatabase());
        proxy = new CuttableProxy(server.port());
    }

    @AfterAll
    static void stopServer() {
        proxy.close();
        server.close();
    }

    @Override
    Target target() {
        return target;
    }

    @Override
    Target reached() {
        return new Target(proxy.through(target.url()));
    }

    @Override
    Target school() {
        return Target.postgres();
    }

    @Override
    void begin(Fleet fleet) {
        survivor = fleet.startSurvivor();
        atFirst = survivor.vitals(folder);
    }

    @Override
    boolean isEnough(Fleet fleet) {
        return super.isEnough(fleet)
                && crashes >= CRASHES
                && cuts >= CUTS
                && System.nanoTime() - begin > LENGTH.toNanos();
    }

    @Override
    void disturb(Fleet fleet, Random random) throws Exception {
        int blows = fleet.blows() + 1;
        if (blows % BLOWS_PER_CRASH == 0) {
            server.crash();
            Patience.pause(Duration.ofMillis(random.nextInt(LONGEST_OUTAGE_MILLIS)));
            server.restart();
            crashes++;
        } else if (blows % BLOWS_PER_CUT == 0) {
            cut(cuts++ % 5, random);
        }
        if (early == null && !survivor.isFrozen() && isQuarterOver(fleet)) {
            early = survivor.vitals(folder);
        }
    }

    private boolean isQuarterOver(Fleet fleet) {
        return 4 * fleet.kills() >= KILLS && 4 * (System.nanoTime() - begin) >= LENGTH.toNanos();
    }

    private void cut(int how, Random random) throws Exception {
        switch (how) {
            case 0 -> proxy.cutAll();
            case 1 -> proxy.next(Commit.LOST);
            case 2 ->
                count("SELECT count(pg_terminate_backend(pid)) FROM pg_stat_activity"
                        + " WHERE datname = current_database() AND pid <> pg_backend_pid()");
            case 3 -> proxy.next(Commit.UNANSWERED);
            default -> {
                proxy.down();
                Patience.pause(Duration.ofMillis(random.nextInt(LONGEST_OUTAGE_MILLIS)));
                proxy.up();
            }
        }
    }

    @Override
    String end(Fleet fleet) throws Exception {
        Patience.until(
                "the survivor's threads go",
                CALM,
                () -> survivor.vitals(folder).threads() <= atFirst.threads() + LATE_THREADS);
        Vitals last = survivor.vitals(folder);
        assertThat(last.heap()).as("bytes, after %s", early).isLessThan(early.heap() + HEAP_NOISE);
        Patience.until(
                "nobody is within a transaction",
                CALM,
                () -> count("SELECT count(*) FROM pg_stat_activity WHERE state LIKE 'idle in transaction%'") == 0);
        Map<String, Integer> allowed = new HashMap<>();
        fleet.alive().forEach(each -> allowed.put(PooledStore.nameOf(each.pid()), PooledStore.CONNECTIONS));
        allowed.put(PooledStore.nameOf(ProcessHandle.current().pid()), PooledStore.CONNECTIONS);
        Patience.until(
                "only the living are connected",
                CALM,
                () -> allowed.keySet().containsAll(connections().keySet()));
        assertThat(connections()).allSatisfy((name, count) -> assertThat(count).isLessThanOrEqualTo(allowed.get(name)));
        return String.format(
                ", %d crashes of the server, %d cuts; the survivor at first %s, early %s, at last %s; connections %s",
                crashes, cuts, atFirst, early, last, connections());
    }

    private static long count(String query) throws SQLException {
        try (Connection connection = target.connect();
                Statement statement = connection.createStatement();
                ResultSet row = statement.executeQuery(query)) {
            row.next();
            return row.getLong(1);
        }
    }

    private static Map<String, Integer> connections() throws SQLException {
        Map<String, Integer> connections = new HashMap<>();
        try (Connection connection = target.connect();
                Statement statement = connection.createStatement();
                ResultSet row = statement.executeQuery("SELECT application_name, count(*) FROM pg_stat_activity"
                        + " WHERE datname = current_database() AND pid <> pg_backend_pid() GROUP BY 1")) {
            while (row.next()) {
                connections.put(row.getString(1), row.getInt(2));
            }
        }
        return connections;
    }
}
