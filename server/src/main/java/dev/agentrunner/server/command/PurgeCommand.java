package dev.agentrunner.server.command;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.agentrunner.server.client.Backend;
import dev.agentrunner.server.client.Reads;
import dev.agentrunner.server.config.Kind;
import dev.agentrunner.spi.catalog.PageRequest;
import dev.agentrunner.spi.catalog.RunQuery;
import dev.agentrunner.spi.catalog.TimeRange;
import dev.agentrunner.spi.model.RunStatus;
import java.time.Instant;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.Callable;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.Spec;

/** {@code purge}. */
@Command(name = "purge", description = "Deletes runs that have ended, with their logs and artifacts, for good.")
final class PurgeCommand implements Callable<Integer> {

    private final Session session;

    @Spec
    private CommandSpec spec = CommandSpec.create();

    @Parameters(arity = "0..*", paramLabel = "RUN", description = "Ids, or four characters or more of each")
    private List<String> runs = new ArrayList<>();

    @Option(names = "--older-than", paramLabel = "DURATION", description = "All that finished so long ago, such as 30d")
    private @Nullable String age;

    @Option(names = "--dry-run", description = "Only list what would be deleted")
    private boolean dry;

    PurgeCommand(Session session) {
        this.session = session;
    }

    @Override
    public Integer call() {
        if (runs.isEmpty() == (age == null)) {
            throw new ParameterException(spec.commandLine(), "Name runs, or say --older-than");
        }
        try (Backend backend = session.backend()) {
            List<String> ids = age == null
                    ? runs.stream().map(run -> Found.run(backend.reads(), run)).toList()
                    : finishedBefore(
                            backend.reads(), InstantSource.system().instant().minus(Kind.duration(age)));
            ObjectNode purged = JsonNodeFactory.instance.objectNode();
            purged.putArray("items");
            for (String id : ids) {
                if (!dry) {
                    backend.commands().purge(id);
                }
                purged.withArray("items").add(id);
                if (!session.json()) {
                    session.terminal().line((dry ? "Would purge " : "Purged ") + id);
                }
            }
            if (session.json()) {
                session.terminal().json(purged);
            }
        }
        return ExitCode.OK.number();
    }

    /** What finished before a moment was created before it, too. */
    private static List<String> finishedBefore(Reads reads, Instant moment) {
        RunQuery query = RunQuery.ALL
                .statuses(RunStatus.COMPLETED, RunStatus.FAILED, RunStatus.CANCELED)
                .created(new TimeRange(null, moment));
        List<String> ids = new ArrayList<>();
        String cursor = null;
        do {
            JsonNode page = reads.runs(query.page(new PageRequest(PageRequest.MAX_LIMIT, cursor)));
            for (JsonNode run : page.path("items")) {
                if (Instant.parse(run.path("finished_at").asText()).isBefore(moment)) {
                    ids.add(run.path("id").asText());
                }
            }
            cursor = page.path("next_cursor").asText(null);
        } while (cursor != null);
        return ids;
    }
}
