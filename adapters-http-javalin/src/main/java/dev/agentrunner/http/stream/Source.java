package dev.agentrunner.http.stream;

import java.io.IOException;

/** What one client is shown of the log, from where it stands. Belongs to the client's thread. */
interface Source {

    /** What is left after a look at the log. */
    enum Rest {
        /** Look again at once. */
        MORE,
        /** Everything was written; more may come. */
        CAUGHT_UP,
        /** Everything was written, also that nothing more comes. */
        OVER,
        /** What was to be read does not exist any more. */
        GONE,
        /** Not known: the store cannot be read at the moment. */
        UNKNOWN
    }

    /**
     * Writes the next page.
     *
     * @throws dev.agentrunner.spi.error.StoreUnavailableException if it cannot be read now; nothing is lost or
     *     repeated then
     */
    Rest next(Wire wire) throws IOException;
}
