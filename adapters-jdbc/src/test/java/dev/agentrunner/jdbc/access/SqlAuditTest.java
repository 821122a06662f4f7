package dev.agentrunner.jdbc.access;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.agentrunner.jdbc.postgres.PostgresDialect;
import dev.agentrunner.jdbc.sql.Connections;
import dev.agentrunner.jdbc.sql.SqlWork;
import dev.agentrunner.spi.access.AuditEntry;
import dev.agentrunner.spi.error.StoreUnavailableException;
import dev.agentrunner.spi.model.Actor;
import dev.agentrunner.spi.model.Json;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionException;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.locks.LockSupport;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/** How callers that come at once share a transaction; the contract suites look at what is in the table. */
@Timeout(60)
class SqlAuditTest {

    private static final int CALLERS = 20;
    private static final Set<Thread.State> WAITS = Set.of(Thread.State.WAITING, Thread.State.TIMED_WAITING);
    private static final AuditEntry ENTRY = new AuditEntry(Actor.SYSTEM, "run_cancel", "a run", "ok", null, Json.EMPTY);

    /** Counts transactions, and does nothing in them; the first waits until it may. */
    private static final class Counted implements Connections {
        final AtomicInteger transactions = new AtomicInteger();
        final CountDownLatch may = new CountDownLatch(1);
        volatile boolean away;

        @Override
        public <T extends @Nullable Object> T read(SqlWork<T> work) {
            throw new AssertionError("nobody reads");
        }

        @Override
        @SuppressWarnings("NullAway") // nobody looks at the answer
        public <T extends @Nullable Object> T write(SqlWork<T> work) {
            if (transactions.incrementAndGet() == 1) {
                await(may);
            } else if (away) {
                throw new StoreUnavailableException("nowhere", new SQLException("away"));
            }
            return null;
        }
    }

    private static void await(CountDownLatch latch) {
        try {
            assertThat(latch.await(30, TimeUnit.SECONDS)).isTrue();
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new IllegalStateException(e);
        }
    }

    private final Counted connections = new Counted();
    private final SqlAudit audit = new SqlAudit(connections, new PostgresDialect("nowhere"));

    /** Callers that wait: the first for the database, the others for the first. */
    private List<CompletableFuture<Void>> waiting() {
        List<CompletableFuture<Void>> callers = new ArrayList<>();
        for (int i = 0; i < CALLERS; i++) {
            callers.add(begin());
        }
        return callers;
    }

    private CompletableFuture<Void> begin() {
        CompletableFuture<Void> done = new CompletableFuture<>();
        Thread caller = new Thread(() -> {
            try {
                audit.record(ENTRY);
                done.complete(null);
            } catch (RuntimeException e) {
                done.completeExceptionally(e);
            }
        });
        caller.start();
        while (caller.isAlive() && !WAITS.contains(caller.getState())) {
            LockSupport.parkNanos(1_000_000);
        }
        return done;
    }

    @Test
    void whose_turn_it_is_writes_for_all_that_wait() {
        List<CompletableFuture<Void>> callers = waiting();

        connections.may.countDown();

        assertThat(callers).allSatisfy(each -> each.join());
        assertThat(connections.transactions).hasValue(2);
    }

    @Test
    void what_fails_for_one_fails_for_all_that_it_wrote_for_and_for_nobody_after() {
        List<CompletableFuture<Void>> callers = waiting();

        connections.away = true;
        connections.may.countDown();

        callers.get(0).join();
        assertThat(callers.subList(1, CALLERS))
                .allSatisfy(each -> assertThatThrownBy(each::join)
                        .isInstanceOf(CompletionException.class)
                        .hasCauseInstanceOf(StoreUnavailableException.class));
        assertThat(connections.transactions).hasValue(2);
        connections.away = false;
        audit.record(ENTRY);
        assertThat(connections.transactions).hasValue(3);
    }
}
