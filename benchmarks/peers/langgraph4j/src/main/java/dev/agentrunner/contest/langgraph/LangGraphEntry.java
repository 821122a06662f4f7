package dev.agentrunner.contest.langgraph;

import dev.agentrunner.contest.Contestant;
import dev.agentrunner.contest.Entry;
import dev.agentrunner.contest.Place;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.SQLException;
import java.sql.Statement;

/** LangGraph4j's core with a table for its checkpoints. */
public final class LangGraphEntry implements Entry {

    @Override
    public void migrate(String jdbcUrl, String user, String password) throws SQLException {
        try (Connection connection = DriverManager.getConnection(jdbcUrl, user, password);
                Statement statement = connection.createStatement()) {
            statement.execute("""
                    create table checkpoints (
                      id text primary key,
                      thread text not null,
                      node text,
                      next_node text,
                      state bytea not null,
                      saved_at timestamptz not null default now()
                    )""");
            statement.execute("create index checkpoints_by_thread on checkpoints (thread, saved_at)");
        }
    }

    @Override
    public Contestant at(Place place) throws Exception {
        if (!place.executes()) {
            throw new UnsupportedOperationException("A graph runs where it is called");
        }
        return new LangGraphContestant(place);
    }
}
