package dev.agentrunner.server.client;

import com.fasterxml.jackson.databind.JsonNode;
import dev.agentrunner.spi.catalog.RunQuery;
import java.io.InputStream;

/** What can be read of runs. */
public interface Reads {

    JsonNode run(String run);

    /** A page: {@code items} and {@code next_cursor}. The query's family is not looked at. */
    JsonNode runs(RunQuery query);

    /** All of them, as {@code items}. */
    JsonNode steps(String run);

    /** A page: {@code items}, and {@code head}, the last event's seq. */
    JsonNode events(String run, long after, int limit);

    /** All of them, as {@code items}. */
    JsonNode artifacts(String run);

    /** An artifact's bytes; the caller closes them. */
    InputStream download(String run, String artifact);
}
