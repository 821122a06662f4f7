package dev.agentrunner.http.stream;

import dev.agentrunner.spi.error.StoreClosedException;
import dev.agentrunner.spi.error.StoreUnavailableException;
import dev.agentrunner.spi.log.RunLog;
import dev.agentrunner.spi.model.Event;
import java.util.List;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Looks at the end of the log for everybody, as hints may be lost and those of another process may not come at all: one
 * query tells which runs have grown. When there is more than a page, everybody looks for themselves. Belongs to one thread
 * at a time.
 */
final class Lookout {

    private static final Logger LOG = LoggerFactory.getLogger(Lookout.class);

    private static final int PAGE = 500;
    private static final long NOWHERE = -1;

    private final RunLog log;
    private final Audience audience;
    private long seen = NOWHERE;

    Lookout(RunLog log, Audience audience) {
        this.log = log;
        this.audience = audience;
    }

    void look() {
        if (audience.isEmpty()) {
            seen = NOWHERE;
            return;
        }
        try {
            List<Event> page = seen == NOWHERE ? List.of() : log.feed(seen, PAGE);
            if (seen == NOWHERE || page.size() == PAGE) {
                seen = log.feedEnd();
                audience.anythingChanged();
            } else if (!page.isEmpty()) {
                seen = page.get(page.size() - 1).id();
                page.forEach(event -> audience.changed(event.run(), event.seq()));
            }
        } catch (StoreUnavailableException | StoreClosedException e) {
            LOG.debug("The log cannot be looked at now", e);
        }
    }
}
