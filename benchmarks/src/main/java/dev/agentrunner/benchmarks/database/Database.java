package dev.agentrunner.benchmarks.database;

import dev.agentrunner.spi.store.Store;
import java.io.IOException;
import java.sql.Connection;

/** A fresh database for one measurement; closing it removes it. */
public interface Database extends AutoCloseable {

    /** A store on it; whoever takes it closes it. */
    Store store();

    /** Its JDBC URL. */
    String url();

    /** A plain connection to it, set up for bulk inserts, with the durability that the store uses. */
    Connection connect() throws Exception;

    /** The statements that create an empty table like this one, with its keys and indexes, without its triggers. */
    java.util.List<String> copyOf(String table, Connection connection) throws Exception;

    @Override
    void close() throws IOException;
}
