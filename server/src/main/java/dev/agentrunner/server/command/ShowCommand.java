package dev.agentrunner.server.command;

import com.fasterxml.jackson.databind.JsonNode;
import dev.agentrunner.server.client.Backend;
import dev.agentrunner.server.client.Reads;
import dev.agentrunner.server.terminal.Cell;
import dev.agentrunner.server.terminal.Table;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Parameters;

/** {@code show}. */
@Command(name = "show", description = "Shows a run as it stands.")
final class ShowCommand implements Callable<Integer> {

    private final Session session;

    @Parameters(paramLabel = "RUN", description = "Its id, or four characters or more of it")
    private String run = "";

    ShowCommand(Session session) {
        this.session = session;
    }

    @Override
    public Integer call() {
        try (Backend backend = session.backend()) {
            Reads reads = backend.reads();
            String id = Found.run(reads, run);
            JsonNode found = reads.run(id);
            if (session.json()) {
                session.terminal().json(found);
            } else {
                print(found, reads);
            }
        }
        return ExitCode.OK.number();
    }

    private void print(JsonNode found, Reads reads) {
        Shows shows = new Shows(session.zone());
        Table table = Table.plain();
        row(table, "Run", found.path("id").asText());
        row(table, "Name", found.path("name").asText());
        row(
                table,
                "Workflow",
                found.path("workflow").asText() + " " + found.path("version").asText());
        table.row(Cell.dim("Status"), Cell.status(found.path("status").asText()));
        row(table, "Waiting", found.path("waiting").asText());
        row(table, "Wakes", shows.time(found.path("wake_at")));
        row(table, "Labels", labels(found.path("labels")));
        row(table, "Queue", found.path("queue").asText());
        row(table, "Created", shows.time(found.path("created_at")));
        row(table, "Started", shows.time(found.path("started_at")));
        row(table, "Finished", shows.time(found.path("finished_at")));
        row(table, "Took", shows.took(found));
        row(table, "Parent", found.path("parent_run_id").asText());
        row(table, "Forked from", found.path("forked_from").asText());
        row(
                table,
                "Recoveries",
                found.path("recoveries").asInt() == 0
                        ? ""
                        : found.path("recoveries").asText());
        row(table, "Spent", Shows.spent(found.path("usage")));
        row(table, "Input", Shows.value(found.path("input")));
        row(table, "Output", Shows.value(found.path("output")));
        row(table, "Failure", found.path("failure").path("message").asText());
        row(table, "Reason", found.path("cancel_reason").asText());
        session.terminal().table(table);
        hint(found, reads);
    }

    private static void row(Table table, String name, String value) {
        if (!value.isEmpty()) {
            table.row(Cell.dim(name), Cell.of(value));
        }
    }

    private static String labels(JsonNode labels) {
        List<String> all = new ArrayList<>();
        labels.properties()
                .forEach(
                        label -> all.add(label.getKey() + "=" + label.getValue().asText()));
        return String.join(", ", all);
    }

    /** What somebody can do who waits for it. */
    private void hint(JsonNode found, Reads reads) {
        String id = found.path("id").asText();
        if (found.path("waiting").asText().equals("APPROVAL")) {
            Approvals.open(reads, id)
                    .forEach(step -> session.terminal().note("Waits for: agent-runner approve " + id + " " + step));
        } else if (found.path("waiting").asText().equals("PAUSED")) {
            session.terminal().note("Waits for: agent-runner resume " + id);
        } else if (found.path("status").asText().equals("FAILED")) {
            session.terminal().note("Try again what did not complete: agent-runner fork " + id);
        }
    }
}
