package dev.agentrunner.jdbc.postgres;

import dev.agentrunner.jdbc.commit.Followers;
import dev.agentrunner.jdbc.commit.StoreThreads;
import dev.agentrunner.spi.log.Hint;
import dev.agentrunner.spi.model.NodeId;
import java.sql.Connection;
import java.sql.SQLException;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.Condition;
import java.util.concurrent.locks.ReentrantLock;
import javax.sql.DataSource;
import org.jspecify.annotations.Nullable;
import org.postgresql.PGConnection;
import org.postgresql.PGNotification;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * The one connection that a store keeps open besides its lanes. It hears what other nodes tell, and its session holds
 * an advisory lock per node that beats through this store: when the process dies, the database frees the locks at once,
 * and the other nodes see it. They believe in a lock only once the node has said with a beat that it holds it, so a node
 * that dies between its first beats is noticed by their absence.
 *
 * <p>When the connection breaks, it is opened anew, the locks are taken again, and followers are told that hints may be
 * lost. A node that is taken for dead meanwhile is fenced. Thread-safe.
 */
public final class NodeLine implements AutoCloseable {

    /** An expression; schemas of one database do not hear each other. */
    static final String CHANNEL = "'ar_' || md5(current_schema())";

    private static final Logger LOG = LoggerFactory.getLogger(NodeLine.class);
    private static final int LISTEN_MILLIS = 100;
    private static final int LISTENS_PER_CHECK = 50;
    private static final long FIRST_PAUSE_MILLIS = 50;
    private static final long LONGEST_PAUSE_MILLIS = 2_000;

    private final LaneConnection line;
    private final String self;
    private final Followers followers;
    private final ReentrantLock lock = new ReentrantLock();
    private final Condition closing = lock.newCondition();
    private final Thread thread;

    /** Guarded by lock: nodes whose locks this store is to hold. */
    private final Set<NodeId> wanted = new HashSet<>();

    /** Guarded by lock: those that it holds. */
    private final Set<NodeId> held = new HashSet<>();

    /** Guarded by lock. */
    private boolean closed;

    /**
     * Starts listening.
     *
     * @param self what the notifications of this store start with
     */
    public NodeLine(DataSource database, String self, Followers followers) {
        this.line = new LaneConnection(database, true, LaneConnection.READ_TIMEOUT_MILLIS);
        this.self = self;
        this.followers = followers;
        this.thread = StoreThreads.start("agent-runner-listen", this::loop);
    }

    /** The key of a node's lock as an SQL expression over the expression of its id. */
    static String lockKey(String node) {
        return "hashtextextended('agent-runner/node/' || " + node + ", 0)";
    }

    boolean holds(NodeId node) {
        lock.lock();
        try {
            return held.contains(node);
        } finally {
            lock.unlock();
        }
    }

    /** Takes the node's lock soon, and again whenever it is lost. */
    void hold(NodeId node) {
        lock.lock();
        try {
            wanted.add(node);
        } finally {
            lock.unlock();
        }
    }

    /** Frees the node's lock soon. */
    void release(NodeId node) {
        lock.lock();
        try {
            wanted.remove(node);
        } finally {
            lock.unlock();
        }
    }

    private void loop() {
        int failures = 0;
        boolean first = true;
        while (pause(failures)) {
            try {
                Connection connection = line.get();
                listen(connection);
                if (!first) {
                    followers.tell(List.of(new Hint.Lost()));
                }
                first = false;
                failures = 0;
                serve(connection);
            } catch (SQLException | RuntimeException | Error e) {
                failures++;
                LOG.atDebug().setCause(e).log("The connection for notifications and node locks broke; it is made anew");
            }
            drop();
        }
        line.close();
    }

    private void serve(Connection connection) throws SQLException {
        PGConnection postgres = connection.unwrap(PGConnection.class);
        for (int listens = 1; pause(0); listens++) {
            adjustLocks(connection);
            PGNotification[] heard = postgres.getNotifications(LISTEN_MILLIS);
            for (PGNotification notification : heard) {
                followers.tell(HintText.parse(self, notification.getParameter()));
            }
            if (listens % LISTENS_PER_CHECK == 0) {
                new Script(connection).query(row -> {}, "SELECT 1").run();
            }
        }
        new Script(connection)
                .add("UNLISTEN *")
                .query(row -> {}, "SELECT pg_advisory_unlock_all()")
                .run();
    }

    private static void listen(Connection connection) throws SQLException {
        StringBuilder channel = new StringBuilder();
        new Script(connection)
                .query(row -> channel.append(row.getString(1)), "SELECT quote_ident(" + CHANNEL + ")")
                .run();
        new Script(connection).add("LISTEN " + channel).run();
    }

    private void adjustLocks(Connection connection) throws SQLException {
        NodeId missing = difference(wanted, held);
        if (missing != null && tryLock(connection, missing)) {
            // Others believe in the lock from the node's next beat on. Written here, the row would be locked at times
            // when nobody expects it, and a recovery would pass it over.
            mark(missing, true);
        }
        NodeId surplus = difference(held, wanted);
        if (surplus != null) {
            mark(surplus, false);
            new Script(connection)
                    .query(row -> {}, "SELECT pg_advisory_unlock(" + lockKey("?") + ")", surplus.value())
                    .run();
        }
    }

    private static boolean tryLock(Connection connection, NodeId node) throws SQLException {
        boolean[] locked = new boolean[1];
        new Script(connection)
                .query(
                        row -> locked[0] = row.getBoolean(1),
                        "SELECT pg_try_advisory_lock(" + lockKey("?") + ")",
                        node.value())
                .run();
        return locked[0];
    }

    private @Nullable NodeId difference(Set<NodeId> all, Set<NodeId> without) {
        lock.lock();
        try {
            return all.stream()
                    .filter(node -> !without.contains(node))
                    .findFirst()
                    .orElse(null);
        } finally {
            lock.unlock();
        }
    }

    private void mark(NodeId node, boolean holding) {
        lock.lock();
        try {
            if (holding) {
                held.add(node);
            } else {
                held.remove(node);
            }
        } finally {
            lock.unlock();
        }
    }

    private void drop() {
        lock.lock();
        try {
            held.clear();
            if (closed) {
                return;
            }
        } finally {
            lock.unlock();
        }
        line.discard();
    }

    /** Waits after failures; false when closed. */
    private boolean pause(int failures) {
        lock.lock();
        try {
            long millis =
                    failures == 0 ? 0 : Math.min(LONGEST_PAUSE_MILLIS, FIRST_PAUSE_MILLIS << Math.min(failures, 8));
            long left = TimeUnit.MILLISECONDS.toNanos(millis);
            while (left > 0 && !closed) {
                left = closing.awaitNanos(left);
            }
            return !closed;
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            return false;
        } finally {
            lock.unlock();
        }
    }

    @Override
    public void close() {
        lock.lock();
        try {
            closed = true;
            closing.signalAll();
        } finally {
            lock.unlock();
        }
        StoreThreads.join(thread);
    }
}
