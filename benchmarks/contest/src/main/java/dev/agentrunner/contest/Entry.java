package dev.agentrunner.contest;

/** Makes a contestant; found by {@link java.util.ServiceLoader}, one per class path. */
public interface Entry {

    /** Makes what the engine needs in an empty database; called once before any node is there. */
    void migrate(String jdbcUrl, String user, String password) throws Exception;

    /** An engine that has not started yet. */
    Contestant at(Place place) throws Exception;
}
