package dev.agentrunner.server.command;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.agentrunner.server.client.Backend;
import dev.agentrunner.server.terminal.Cell;
import dev.agentrunner.server.terminal.Printable;
import dev.agentrunner.server.terminal.Table;
import dev.agentrunner.yaml.problem.Problem;
import java.nio.file.Path;
import java.util.List;
import java.util.concurrent.Callable;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Parameters;

/** {@code workflows} and {@code workflows validate}. */
@Command(name = "workflows", description = "Lists workflows, shows one, or checks a file.")
final class WorkflowsCommand implements Callable<Integer> {

    private final Session session;

    @Parameters(arity = "0..1", paramLabel = "NAME", description = "Show this one")
    private @Nullable String name;

    WorkflowsCommand(Session session) {
        this.session = session;
    }

    @Override
    public Integer call() {
        try (Backend backend = session.offering()) {
            JsonNode found = name == null
                    ? backend.offers().workflows()
                    : backend.offers().workflow(name);
            if (session.json()) {
                session.terminal().json(found);
            } else if (name == null) {
                print(found);
            } else {
                show(found);
            }
        }
        return ExitCode.OK.number();
    }

    private void print(JsonNode all) {
        Table table = Table.of("name", "version", "source", "description");
        for (JsonNode each : all.path("items")) {
            table.row(
                    Cell.of(each.path("name").asText()),
                    Cell.of(each.path("version").asText()),
                    Cell.of(each.path("source").asText()),
                    Cell.of(each.path("description").asText()));
        }
        session.terminal().table(table);
    }

    private void show(JsonNode found) {
        Table table = Table.plain()
                .row(Cell.dim("Name"), Cell.of(found.path("name").asText()))
                .row(Cell.dim("Version"), Cell.of(found.path("version").asText()))
                .row(Cell.dim("Source"), Cell.of(found.path("source").asText()))
                .row(Cell.dim("About"), Cell.of(found.path("description").asText()))
                .row(Cell.dim("Input"), Cell.of(found.path("input_schema").toString()));
        session.terminal().table(table);
        Table steps = Table.of("step", "kind", "about");
        outline(found.path("steps"), "", steps);
        if (!found.path("steps").isEmpty()) {
            session.terminal().line("");
            session.terminal().table(steps);
        }
    }

    private static void outline(JsonNode steps, String indent, Table table) {
        for (JsonNode step : steps) {
            table.row(
                    Cell.of(indent + step.path("name").asText()),
                    Cell.of(step.path("kind").asText()),
                    Cell.of(step.path("description").asText()));
            outline(step.path("steps"), indent + "  ", table);
        }
    }

    @Command(
            name = "validate",
            description =
                    "Checks a workflow file, together with those beside it, or a folder of them. Needs no server.")
    int validate(@Parameters(paramLabel = "FILE", description = "A file or a folder") Path file) {
        List<Problem> problems = WorkflowFiles.problems(session.configuration(), session.extensions(), file);
        if (session.json()) {
            ObjectNode all = JsonNodeFactory.instance.objectNode();
            all.putArray("items");
            for (Problem problem : problems) {
                all.withArray("items")
                        .addObject()
                        .put("file", problem.file())
                        .put("line", problem.line())
                        .put("column", problem.column())
                        .put("detail", problem.message());
            }
            session.terminal().json(all);
        } else if (problems.isEmpty()) {
            session.terminal().line(file + " can be used");
        } else {
            problems.forEach(problem -> session.terminal().line(Printable.lines(problem.toString())));
        }
        return (problems.isEmpty() ? ExitCode.OK : ExitCode.USAGE).number();
    }
}
