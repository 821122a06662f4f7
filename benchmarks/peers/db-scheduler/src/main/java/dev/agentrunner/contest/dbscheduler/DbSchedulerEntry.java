package dev.agentrunner.contest.dbscheduler;

import dev.agentrunner.contest.Contestant;
import dev.agentrunner.contest.Entry;
import dev.agentrunner.contest.Place;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.SQLException;
import java.sql.Statement;

/** db-scheduler; it makes no tables itself, so these are the ones that its documentation gives for PostgreSQL. */
public final class DbSchedulerEntry implements Entry {

    private static final String[] TABLES = {
        """
        create table scheduled_tasks (
          task_name text not null,
          task_instance text not null,
          task_data bytea,
          execution_time timestamp with time zone not null,
          picked boolean not null,
          picked_by text,
          last_success timestamp with time zone,
          last_failure timestamp with time zone,
          consecutive_failures int,
          last_heartbeat timestamp with time zone,
          version bigint not null,
          priority smallint,
          primary key (task_name, task_instance)
        )""",
        "create index execution_time_idx on scheduled_tasks (execution_time)",
        "create index last_heartbeat_idx on scheduled_tasks (last_heartbeat)",
        "create index priority_execution_time_idx on scheduled_tasks (priority desc, execution_time asc)"
    };

    @Override
    public void migrate(String jdbcUrl, String user, String password) throws SQLException {
        try (Connection connection = DriverManager.getConnection(jdbcUrl, user, password);
                Statement statement = connection.createStatement()) {
            for (String each : TABLES) {
                statement.execute(each);
            }
        }
    }

    @Override
    public Contestant at(Place place) {
        return new DbSchedulerContestant(place);
    }
}
