package dev.agentrunner.jdbc.access;

import dev.agentrunner.jdbc.sql.Connections;
import dev.agentrunner.jdbc.sql.Dialect;
import dev.agentrunner.jdbc.sql.Query;
import dev.agentrunner.jdbc.sql.Rows;
import dev.agentrunner.spi.access.AccessKey;
import dev.agentrunner.spi.access.AccessKeys;
import dev.agentrunner.spi.access.Role;
import dev.agentrunner.spi.access.StoredKey;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Instant;
import java.util.List;
import java.util.Optional;

/** Keys in a table. */
public final class SqlKeys implements AccessKeys {

    private static final String KEYS = "SELECT id, name, role, sha256, created_at, revoked_at FROM ar_keys";

    private final Connections connections;
    private final Dialect dialect;
    private final Rows rows;

    public SqlKeys(Connections connections, Dialect dialect) {
        this.connections = connections;
        this.dialect = dialect;
        this.rows = new Rows(dialect);
    }

    @Override
    public void add(AccessKey key, String sha256) {
        StoredKey added = new StoredKey(key, sha256);
        Query insert = new Query(dialect)
                .add(
                        "INSERT INTO ar_keys (id, name, role, sha256, created_at, revoked_at)"
                                + " SELECT ?, ?, ?, ?, ?, ? WHERE NOT EXISTS (SELECT 1 FROM ar_keys WHERE id = ?)"
                                + " ON CONFLICT (id) DO NOTHING",
                        key.id(),
                        key.name(),
                        key.role().name(),
                        added.sha256(),
                        key.createdAt(),
                        key.revokedAt(),
                        key.id());
        if (connections.write(insert::update) == 0) {
            throw new IllegalArgumentException("There is a key " + key.id() + " already; give the new one another id");
        }
    }

    @Override
    public Optional<StoredKey> find(String id) {
        Query query = new Query(dialect).add(KEYS).add("WHERE id = ?", id);
        return connections.read(connection -> query.list(connection, this::stored)).stream()
                .findFirst();
    }

    @Override
    public List<AccessKey> list() {
        Query query = new Query(dialect).add(KEYS).add("ORDER BY created_at, id");
        return connections.read(connection -> query.list(connection, this::key));
    }

    @Override
    public boolean revoke(String id, Instant at) {
        Query update =
                new Query(dialect).add("UPDATE ar_keys SET revoked_at = ? WHERE id = ? AND revoked_at IS NULL", at, id);
        return connections.write(update::update) > 0;
    }

    private StoredKey stored(ResultSet row) throws SQLException {
        return new StoredKey(key(row), row.getString("sha256"));
    }

    private AccessKey key(ResultSet row) throws SQLException {
        return new AccessKey(
                row.getString("id"),
                row.getString("name"),
                Role.valueOf(row.getString("role")),
                rows.time(row, "created_at"),
                dialect.instant(row, "revoked_at"));
    }
}
