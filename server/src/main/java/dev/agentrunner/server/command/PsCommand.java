package dev.agentrunner.server.command;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.agentrunner.server.client.Backend;
import dev.agentrunner.server.client.Reads;
import dev.agentrunner.server.terminal.Cell;
import dev.agentrunner.server.terminal.Table;
import dev.agentrunner.spi.catalog.PageRequest;
import dev.agentrunner.spi.catalog.RunQuery;
import dev.agentrunner.spi.model.RunStatus;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.Callable;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;

/** {@code ps}. */
@Command(name = "ps", description = "Lists runs, newest first.")
final class PsCommand implements Callable<Integer> {

    private final Session session;

    @Option(
            names = {"-s", "--status"},
            description = "Only these: ${COMPLETION-CANDIDATES}",
            split = ",")
    private List<RunStatus> statuses = new ArrayList<>();

    @Option(
            names = {"-w", "--workflow"},
            paramLabel = "NAME",
            description = "Only runs of this workflow")
    private @Nullable String workflow;

    @Option(
            names = {"-l", "--label"},
            paramLabel = "KEY=VALUE",
            description = "Only runs with this label")
    private Map<String, String> labels = new LinkedHashMap<>();

    @Option(
            names = {"-q", "--search"},
            paramLabel = "TEXT",
            description = "Contained in id, name, workflow or input")
    private @Nullable String text;

    @Option(
            names = {"-n", "--limit"},
            description = "How many at most; default: ${DEFAULT-VALUE}")
    private int limit = 20;

    PsCommand(Session session) {
        this.session = session;
    }

    @Override
    public Integer call() {
        if (limit < 1) {
            throw new IllegalArgumentException("--limit is at least 1, not " + limit);
        }
        try (Backend backend = session.backend()) {
            ObjectNode all = all(backend.reads());
            if (session.json()) {
                session.terminal().json(all);
            } else {
                print(all);
            }
        }
        return ExitCode.OK.number();
    }

    private ObjectNode all(Reads reads) {
        RunQuery query =
                RunQuery.ALL.statuses(statuses.toArray(RunStatus[]::new)).labels(labels);
        query = workflow == null ? query : query.workflow(workflow);
        query = text == null ? query : query.text(text);
        int first = Math.min(limit, PageRequest.MAX_LIMIT);
        ObjectNode all = (ObjectNode) reads.runs(query.page(new PageRequest(first, null)));
        while (all.withArray("items").size() < limit && all.hasNonNull("next_cursor")) {
            int missing = Math.min(limit - all.withArray("items").size(), PageRequest.MAX_LIMIT);
            JsonNode next = reads.runs(
                    query.page(new PageRequest(missing, all.path("next_cursor").asText())));
            next.path("items").forEach(all.withArray("items")::add);
            all.set("next_cursor", next.path("next_cursor"));
        }
        return all;
    }

    private void print(ObjectNode all) {
        Shows shows = new Shows(session.zone());
        Table table = Table.of("id", "status", "workflow", "created", "took", "name");
        for (JsonNode run : all.path("items")) {
            table.row(
                    Cell.of(run.path("id").asText()),
                    shows.status(run),
                    Cell.of(run.path("workflow").asText() + " "
                            + run.path("version").asText()),
                    Cell.of(shows.time(run.path("created_at"))),
                    Cell.of(shows.took(run)),
                    Cell.of(run.path("name").asText()));
        }
        session.terminal().table(table);
        if (all.hasNonNull("next_cursor")) {
            session.terminal().note("There are more; see --limit.");
        }
    }
}
