package dev.agentrunner.jdbc.sqlite;

import java.sql.Connection;
import java.sql.SQLException;
import javax.sql.DataSource;

/** Opens sessions on one database. */
record SessionSource(DataSource database) {

    Session open() throws SQLException {
        Connection connection = database.getConnection();
        try {
            return new Session(connection);
        } catch (SQLException | RuntimeException e) {
            connection.close();
            throw e;
        }
    }
}
