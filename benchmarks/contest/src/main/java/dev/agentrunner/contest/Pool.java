package dev.agentrunner.contest;

import com.zaxxer.hikari.HikariConfig;
import com.zaxxer.hikari.HikariDataSource;

/** The connections that every engine gets that takes a data source: the same for all. */
public final class Pool {

    private static final int MOST = 10;

    private Pool() {}

    /** Whoever takes it closes it. */
    public static HikariDataSource of(String jdbcUrl, String user, String password) {
        HikariConfig config = new HikariConfig();
        config.setJdbcUrl(jdbcUrl);
        config.setUsername(user);
        config.setPassword(password);
        config.setMaximumPoolSize(MOST);
        config.addDataSourceProperty("reWriteBatchedInserts", "true"); // as DBOS sets for itself; batches are for all
        return new HikariDataSource(config);
    }

    public static HikariDataSource of(Place place) {
        return of(place.jdbcUrl(), place.user(), place.password());
    }
}
