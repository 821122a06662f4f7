package dev.agentrunner.contest.runner;

import dev.agentrunner.contest.Contestant;
import dev.agentrunner.contest.Entry;
import dev.agentrunner.contest.Place;
import dev.agentrunner.contest.Pool;
import dev.agentrunner.jdbc.PostgresStore;
import dev.agentrunner.jdbc.SqliteStore;
import dev.agentrunner.spi.store.Store;
import java.nio.file.Path;

/** agent-runner on Postgres, or on SQLite for {@code jdbc:sqlite:PATH}. */
public final class AgentRunnerEntry implements Entry {

    private static final String SQLITE = "jdbc:sqlite:";

    @Override
    public void migrate(String jdbcUrl, String user, String password) {
        store(jdbcUrl, user, password).close();
    }

    @Override
    public Contestant at(Place place) {
        return new AgentRunnerContestant(place);
    }

    /** A store on connections of its own, whose schema is there. */
    static Store store(Place place) {
        return store(place.jdbcUrl(), place.user(), place.password());
    }

    static boolean oneProcess(Place place) {
        return place.jdbcUrl().startsWith(SQLITE);
    }

    private static Store store(String url, String user, String password) {
        return url.startsWith(SQLITE)
                ? SqliteStore.at(Path.of(url.substring(SQLITE.length())))
                : PostgresStore.on(Pool.of(url, user, password));
    }
}
