package dev.agentrunner.jdbc;

import dev.agentrunner.jdbc.postgres.PostgresParts;
import dev.agentrunner.spi.error.StoreUnavailableException;
import java.util.concurrent.atomic.AtomicLong;
import javax.sql.DataSource;

/**
 * Runs in PostgreSQL 15 or later; any number of nodes may share one database.
 *
 * <p>Keeps {@code lanes + 1} connections of the data source for as long as it is open, and borrows others for single
 * calls: a pool should hold at least four more than that. Works in the schema that its connections see first
 * ({@code currentSchema}); the tables are made and migrated when it is opened, by one of all nodes that start at once.
 * Its connections must be sessions of their own, not those of a pooler that shares them between transactions.
 *
 * <p>A run survives everything that its database survives: what changes runs is written with {@code synchronous_commit} on.
 */
public final class PostgresStore extends ComposedStore {

    private final AtomicLong resolvedCommits;

    private PostgresStore(PostgresParts parts) {
        super(new Parts(
                parts.description(),
                parts.log(),
                parts.queue(),
                parts.catalog(),
                parts.retention(),
                parts.artifacts(),
                parts.access(),
                parts.closing()));
        this.resolvedCommits = parts.resolvedCommits();
    }

    /**
     * Opens the store with as many lanes as suit the machine.
     *
     * @throws StoreUnavailableException if the database cannot be reached
     */
    public static PostgresStore on(DataSource database) {
        return builder(database).open();
    }

    public static Builder builder(DataSource database) {
        return new Builder(database);
    }

    /** How many commits were sent and not answered, and were looked for afterwards. */
    public long resolvedCommits() {
        return resolvedCommits.get();
    }

    /** Settings that hardly anybody needs. */
    public static final class Builder {

        private static final int MOST_LANES = 4;

        private final DataSource database;
        private int lanes =
                Math.max(1, Math.min(MOST_LANES, Runtime.getRuntime().availableProcessors() / 2));

        private Builder(DataSource database) {
            this.database = database;
        }

        /**
         * How many connections write side by side, 1 to {@value #MOST_LANES}; half as many as there are processors by
         * default. The fewer, the larger their batches, and the cheaper each commit.
         *
         * @throws IllegalArgumentException otherwise
         */
        public Builder lanes(int count) {
            if (count < 1 || count > MOST_LANES) {
                throw new IllegalArgumentException("There are 1 to " + MOST_LANES + " lanes, not " + count);
            }
            lanes = count;
            return this;
        }

        /**
         * Migrates the schema and opens the store.
         *
         * @throws StoreUnavailableException if the database cannot be reached
         */
        public PostgresStore open() {
            return new PostgresStore(PostgresParts.open(database, lanes));
        }
    }
}
