package dev.agentrunner.contest.jobrunr;

import com.zaxxer.hikari.HikariDataSource;
import dev.agentrunner.contest.Contestant;
import dev.agentrunner.contest.Entry;
import dev.agentrunner.contest.Place;
import dev.agentrunner.contest.Pool;
import org.jobrunr.storage.sql.postgres.PostgresStorageProvider;

/** JobRunr, the free edition, on Postgres; its storage provider makes the tables when it is constructed. */
public final class JobRunrEntry implements Entry {

    @Override
    public void migrate(String jdbcUrl, String user, String password) {
        try (HikariDataSource pool = Pool.of(jdbcUrl, user, password)) {
            new PostgresStorageProvider(pool).close();
        }
    }

    @Override
    public Contestant at(Place place) {
        return new JobRunrContestant(place);
    }
}
