package dev.agentrunner.jdbc.postgres;

import static org.assertj.core.api.Assertions.assertThat;

import com.zaxxer.hikari.HikariDataSource;
import dev.agentrunner.jdbc.PostgresStore;
import dev.agentrunner.spi.model.Event;
import dev.agentrunner.spi.model.RunId;
import dev.agentrunner.tck.fixture.Runs;
import java.sql.Connection;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** Two transactions draw event ids in one order and commit in the other. */
class FeedHorizonTest {

    private final HikariDataSource pool = TestDatabases.migrated();
    private final PostgresStore store = PostgresStore.on(pool);
    private final Runs runs = new Runs(store);
    private final RunId first = runs.queued();
    private final RunId second = runs.queued();
    private Connection early = connect();
    private Connection late = connect();
    private long cursor;

    private Connection connect() {
        try {
            Connection connection = pool.getConnection();
            connection.setAutoCommit(false);
            return connection;
        } catch (SQLException e) {
            throw new IllegalStateException(e);
        }
    }

    @BeforeEach
    void readAllUntilNow() {
        assertThat(feed()).hasSize(2);
    }

    @AfterEach
    void close() throws SQLException {
        early.close();
        late.close();
        store.close();
        pool.close();
    }

    /** What the library does, step by step: a transaction id, then the event. */
    private static long write(Connection connection, RunId run) throws SQLException {
        RawPostgres.number(connection, "SELECT pg_current_xact_id()::text::bigint");
        return RawPostgres.number(
                connection,
                "INSERT INTO ar_events (id, run_id, seq, type, payload, actor, created_at)"
                        + " VALUES (nextval('ar_event_ids'), ?, 2, 'LOG', '{}', 'system', now()) RETURNING id",
                run.value());
    }

    /** What the feed gives anew, as a follower reads it. */
    private List<Long> feed() {
        List<Event> events = store.log().feed(cursor, 100);
        events.forEach(event -> cursor = event.id());
        return events.stream().map(Event::id).toList();
    }

    private List<Long> naive(long after) throws SQLException {
        List<Long> ids = new ArrayList<>();
        try (Connection connection = pool.getConnection()) {
            new Script(connection)
                    .query(row -> ids.add(row.getLong(1)), "SELECT id FROM ar_events WHERE id > ? ORDER BY id", after)
                    .run();
        }
        return ids;
    }

    @Test
    void a_bare_cursor_loses_a_late_commit_and_the_feed_does_not() throws SQLException {
        long before = cursor;
        long low = write(early, first);
        long high = write(late, second);
        late.commit();

        List<Long> bare = naive(before);
        assertThat(bare).containsExactly(high);
        assertThat(feed()).isEmpty();

        early.commit();
        assertThat(naive(bare.get(0))).as("the bare cursor has passed it").doesNotContain(low);
        assertThat(feed()).containsExactly(low, high);
    }

    /** While the last finished transaction is older than both, the snapshot's xmax is not above them. */
    @Test
    void transactions_newer_than_the_last_finished_one_count_too() throws SQLException {
        long low = write(early, first);
        long high = write(late, second);
        assertThat(feed()).isEmpty();

        late.commit();
        assertThat(feed()).isEmpty();

        early.commit();
        assertThat(feed()).containsExactly(low, high);
    }

    @Test
    void an_aborted_transaction_holds_nothing_up() throws SQLException {
        write(early, first);
        long high = write(late, second);
        late.commit();
        assertThat(feed()).isEmpty();

        early.rollback();
        assertThat(feed()).containsExactly(high);
    }

    /** Otherwise the feed would stand still under steady load, when there is always somebody writing. */
    @Test
    void what_was_drawn_before_an_open_transaction_began_is_given_although_that_goes_on() throws SQLException {
        long low = write(early, first);
        assertThat(feed()).isEmpty();

        early.commit();
        write(late, second);
        assertThat(feed()).containsExactly(low);
    }
}
