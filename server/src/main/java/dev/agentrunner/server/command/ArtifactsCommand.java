package dev.agentrunner.server.command;

import com.fasterxml.jackson.databind.JsonNode;
import dev.agentrunner.server.client.Backend;
import dev.agentrunner.server.terminal.Cell;
import dev.agentrunner.server.terminal.Spans;
import dev.agentrunner.server.terminal.Table;
import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.util.concurrent.Callable;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.Spec;

/** {@code artifacts} and {@code artifacts get}. */
@Command(name = "artifacts", description = "Lists the artifacts of a run, or gets one.")
final class ArtifactsCommand implements Callable<Integer> {

    private final Session session;

    @Spec
    private CommandSpec spec = CommandSpec.create();

    @Parameters(arity = "0..1", paramLabel = "RUN", description = "Its id, or four characters or more of it")
    private @Nullable String run;

    ArtifactsCommand(Session session) {
        this.session = session;
    }

    @Override
    public Integer call() {
        if (run == null) {
            throw new ParameterException(spec.commandLine(), "Say of which run");
        }
        try (Backend backend = session.backend()) {
            JsonNode all = backend.reads().artifacts(Found.run(backend.reads(), run));
            if (session.json()) {
                session.terminal().json(all);
            } else {
                print(all);
            }
        }
        return ExitCode.OK.number();
    }

    private void print(JsonNode all) {
        Table table = Table.of("name", "kind", "type", "size", "step", "id");
        for (JsonNode artifact : all.path("items")) {
            table.row(
                    Cell.of(artifact.path("name").asText()),
                    Cell.of(artifact.path("kind").asText()),
                    Cell.of(artifact.path("media_type").asText()),
                    Cell.of(Spans.bytes(artifact.path("size").asLong())),
                    Cell.of(artifact.path("step_id").asText()),
                    Cell.dim(artifact.path("id").asText()));
        }
        session.terminal().table(table);
    }

    @Command(name = "get", description = "Writes the bytes of an artifact to the standard output, or to a file.")
    int get(
            @Parameters(paramLabel = "RUN", description = "Its id, or four characters or more of it") String ofRun,
            @Parameters(paramLabel = "ARTIFACT", description = "Its id, or its name; of several, the newest")
                    String name,
            @Option(
                            names = {"-o", "--output"},
                            paramLabel = "FILE",
                            description = "Where to write them")
                    @Nullable Path file)
            throws IOException {
        try (Backend backend = session.backend()) {
            String id = Found.run(backend.reads(), ofRun);
            JsonNode artifact = Found.artifact(backend.reads(), id, name);
            if (file == null && session.terminal().interactive() && !isText(artifact)) {
                throw new IllegalArgumentException(
                        "'" + name + "' is " + artifact.path("media_type").asText()
                                + ", which no terminal shows; say where to write it with --output");
            }
            try (InputStream bytes =
                    backend.reads().download(id, artifact.path("id").asText())) {
                if (file == null) {
                    bytes.transferTo(session.terminal().out());
                    session.terminal().out().flush();
                } else {
                    Files.copy(bytes, file, StandardCopyOption.REPLACE_EXISTING);
                }
            }
            if (session.json() && file != null) {
                session.terminal().json(artifact);
            }
        }
        return ExitCode.OK.number();
    }

    private static boolean isText(JsonNode artifact) {
        String type = artifact.path("media_type").asText();
        return type.startsWith("text/") || type.matches("application/([a-z.+-]*\\+)?(json|xml|yaml).*");
    }
}
