package dev.agentrunner.contest.temporal;

import dev.agentrunner.contest.Contestant;
import dev.agentrunner.contest.Entry;
import dev.agentrunner.contest.Place;

/** Temporal's Java SDK with the server that it has for tests, in this JVM; nothing is made in the database. */
public final class TemporalEntry implements Entry {

    @Override
    public void migrate(String jdbcUrl, String user, String password) {
        // that server keeps everything in memory
    }

    @Override
    public Contestant at(Place place) {
        if (!place.executes()) {
            throw new UnsupportedOperationException("The server is in this JVM, so that no other one can execute runs");
        }
        return new TemporalContestant(place);
    }
}
