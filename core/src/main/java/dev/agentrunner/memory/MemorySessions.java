package dev.agentrunner.memory;

import dev.agentrunner.spi.access.AccessSession;
import dev.agentrunner.spi.access.AccessSessions;
import java.time.Instant;
import java.util.Optional;

/** Sessions, by the sums of their tokens. */
final class MemorySessions implements AccessSessions {

    private final Tables tables;

    MemorySessions(Tables tables) {
        this.tables = tables;
    }

    @Override
    public void begin(AccessSession session, Instant now) {
        boolean begun = tables.get(() -> {
            tables.sessions.values().removeIf(each -> !now.isBefore(each.endsAt()));
            return tables.sessions.putIfAbsent(session.sha256(), session) == null;
        });
        if (!begun) {
            throw new IllegalArgumentException("There is a session with this sum already; make another token");
        }
    }

    @Override
    public Optional<AccessSession> find(String sha256) {
        return tables.get(() -> Optional.ofNullable(tables.sessions.get(sha256)));
    }

    @Override
    public void end(String sha256) {
        tables.get(() -> tables.sessions.keySet().remove(sha256));
    }
}
