package dev.agentrunner.jdbc.sqlite;

import dev.agentrunner.spi.model.NodeId;

/**
 * Tells at once when a node's process is gone, without waiting for its heartbeat to be missed: each node holds a lock
 * that the operating system takes from a process that ends, however it ends.
 */
interface NodeLocks extends AutoCloseable {

    /** For a database without a folder for locks: nothing is known before the time-out. */
    NodeLocks NONE = new NodeLocks() {
        @Override
        public void take(NodeId node) {}

        @Override
        public void release(NodeId node) {}

        @Override
        public boolean isGone(NodeId node) {
            return false;
        }

        @Override
        public void clean(NodeId node) {}

        @Override
        public void close() {}
    };

    /** Takes the lock of a node of this store, unless it is held already. */
    void take(NodeId node);

    void release(NodeId node);

    /** Whether a node that once took its lock no longer has it; false when that cannot be told. */
    boolean isGone(NodeId node);

    /** Removes what a dead node left behind. */
    void clean(NodeId node);

    /** Releases all locks of this store. */
    @Override
    void close();
}
