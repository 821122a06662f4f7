package dev.agentrunner.server.command;

import com.fasterxml.jackson.databind.JsonNode;
import dev.agentrunner.client.SubmitOptions;
import dev.agentrunner.server.client.Backend;
import dev.agentrunner.server.config.Kind;
import dev.agentrunner.spi.model.Json;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.concurrent.Callable;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

/** {@code run}. */
@Command(
        name = "run",
        description = {
            "Submits a run.",
            "On a server it prints the run's id, and with --follow its events until it ends. Without a server this process"
                    + " executes it, and always follows it; what is left after Ctrl-C goes on with the next 'serve' or 'run'."
        })
final class RunCommand implements Callable<Integer> {

    private final Session session;

    @Parameters(paramLabel = "WORKFLOW", description = "Its name")
    private String workflow = "";

    @Option(
            names = {"-i", "--input"},
            paramLabel = "JSON|@FILE",
            description = "The input; @- reads it from the standard input")
    private String input = "{}";

    @Option(
            names = {"-f", "--follow"},
            description = "Show events until the run ends; the exit code says how")
    private boolean follow;

    @Option(names = "--version", paramLabel = "VERSION", description = "Which version; the newest by default")
    private @Nullable String version;

    @Option(names = "--name", paramLabel = "NAME", description = "A name for people")
    private @Nullable String name;

    @Option(
            names = {"-l", "--label"},
            paramLabel = "KEY=VALUE",
            description = "A label; may be given repeatedly")
    private Map<String, String> labels = new LinkedHashMap<>();

    @Option(names = "--queue", paramLabel = "NAME", description = "The queue it waits in")
    private @Nullable String queue;

    @Option(names = "--priority", paramLabel = "N", description = "Higher numbers go first")
    private int priority;

    @Option(names = "--idempotency-key", paramLabel = "KEY", description = "The same key gives the same run")
    private @Nullable String key;

    @Option(
            names = "--deadline",
            paramLabel = "DURATION",
            description = "It fails if it has not ended then, such as 10m")
    private @Nullable String deadline;

    @Option(
            names = {"-m", "--model"},
            paramLabel = "STEP=MODEL",
            description = "Model that a step asks instead of its own")
    private Map<String, String> models = new LinkedHashMap<>();

    RunCommand(Session session) {
        this.session = session;
    }

    @Override
    public Integer call() throws InterruptedException {
        Json given = Inputs.json("input", input, session.input());
        SubmitOptions options = options();
        boolean remote = Session.isRemote(session.configuration());
        try (Backend backend = session.executing()) {
            JsonNode run = backend.commands().submit(workflow, given, options);
            String id = run.path("id").asText();
            if (remote && !follow) {
                if (session.json()) {
                    session.terminal().json(run);
                } else {
                    session.terminal().line(id);
                }
                return ExitCode.OK.number();
            }
            if (session.json() && !follow) {
                backend.feed().follow(id, 0, Silence.LISTENER);
                JsonNode ended = backend.reads().run(id);
                session.terminal().json(ended);
                return ExitCode.ofStatus(ended.path("status").asText()).number();
            }
            return new Watching(session).follow(backend, id, 0).number();
        }
    }

    private SubmitOptions options() {
        SubmitOptions options = SubmitOptions.DEFAULT
                .labels(labels)
                .models(models)
                .priority(priority)
                .version(version);
        if (name != null) {
            options = options.named(name);
        }
        if (queue != null) {
            options = options.queue(queue);
        }
        if (key != null) {
            options = options.idempotencyKey(key);
        }
        return deadline == null ? options : options.deadline(Kind.duration(deadline));
    }
}
