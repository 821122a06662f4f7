package dev.agentrunner.yaml.interpret;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.agentrunner.spi.workspace.Command;
import dev.agentrunner.spi.workspace.CommandResult;
import dev.agentrunner.spi.workspace.CommandResult.Output;
import dev.agentrunner.spi.workspace.OutputListener;
import dev.agentrunner.spi.workspace.RunningCommand;
import dev.agentrunner.workflow.AttemptFailedException;
import dev.agentrunner.workflow.RunContext;
import dev.agentrunner.workflow.StepContext;
import dev.agentrunner.workflow.TerminalFailureException;
import dev.agentrunner.yaml.definition.Action;
import dev.agentrunner.yaml.definition.StepDefinition;
import dev.agentrunner.yaml.definition.StepDefinition.ArtifactDefinition;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.SequenceInputStream;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** Runs a program in the workspace; what it writes is shown as it comes, and kept. */
final class ShellStep {

    private static final int TAIL = 2_000;

    private ShellStep() {}

    static JsonNode execute(RunContext run, StepDefinition step, Action.Shell shell, Scope scope) {
        ArtifactDefinition artifact = step.artifact();
        return run.step(step.name(), StepList.JSON, step.options().kind("shell"), context -> {
            Command command = command(shell, scope);
            String kept = artifact == null ? null : scope.text(artifact.name());
            try (RunningCommand running =
                    context.workspace().start(command, (stream, text) -> show(context, stream, text))) {
                CommandResult result = running.await();
                if (artifact != null && kept != null) {
                    keep(context, kept, artifact, result.stdout());
                } else {
                    keep(context, step.name() + ".stdout.log", result.stdout());
                }
                keep(context, step.name() + ".stderr.log", result.stderr());
                if (result.exitCode() != 0 && !shell.allowFailure()) {
                    throw failure(command, result);
                }
                return json(result);
            }
        });
    }

    private static Command command(Action.Shell shell, Scope scope) {
        JsonNode run = scope.render(shell.run());
        @Nullable Command command;
        if (run.isArray()) {
            List<String> argv = new ArrayList<>();
            run.forEach(each -> argv.add(Texts.of(each)));
            command = argv.isEmpty() || argv.get(0).isBlank() ? null : Command.of(argv.toArray(String[]::new));
        } else {
            command = Texts.of(run).isBlank() ? null : Command.script(Texts.of(run));
        }
        if (command == null) {
            throw new TerminalFailureException(
                    "expression_failed",
                    "shell.run gave " + run
                            + ", which names no program; write a script, or a list of a program and its "
                            + "arguments");
        }
        Map<String, String> env = Texts.byName(scope.renderIfAny(shell.env()), "shell.env");
        return command.environment(env).sandboxed(shell.sandbox());
    }

    private static void show(StepContext context, OutputListener.Stream stream, String text) {
        if (isText(text)) {
            context.show(stream.name().toLowerCase(Locale.ROOT), text);
        }
    }

    private static boolean isText(String text) {
        return text.chars().noneMatch(c -> c == 0 || c == 0xFFFD);
    }

    /** What is no text would be noise to whoever reads the result; as an artifact it is kept as it is. */
    private static String text(Output output) {
        return isText(output.text()) ? output.text() : "[" + output.written() + " bytes that are no text]";
    }

    private static void keep(StepContext context, String name, Output output) throws IOException {
        if (output.size() > 0) {
            try (InputStream bytes = whole(output)) {
                context.artifact(name, "log", "text/plain", bytes);
            }
        }
    }

    private static void keep(StepContext context, String name, ArtifactDefinition artifact, Output output)
            throws IOException {
        try (InputStream bytes = artifact.kind().equals("log") ? whole(output) : output.open()) {
            context.artifact(name, artifact.kind(), StepList.mediaType(artifact, name), bytes);
        }
    }

    /** With a note at the end if some of it was not kept. */
    static InputStream whole(Output output) throws IOException {
        if (output.written() <= output.size()) {
            return output.open();
        }
        String note =
                "\n[cut: " + output.written() + " bytes were written, the first " + output.size() + " are kept]\n";
        return new SequenceInputStream(output.open(), new ByteArrayInputStream(note.getBytes(StandardCharsets.UTF_8)));
    }

    private static AttemptFailedException failure(Command command, CommandResult result) {
        String said = tail(text(result.stderr()).isBlank() ? text(result.stdout()) : text(result.stderr()));
        return new AttemptFailedException(
                "exit_code",
                "'" + command.argv().get(0) + "' ended with exit code " + result.exitCode()
                        + (said.isBlank() ? "" : "; the last it said: " + said));
    }

    private static String tail(String text) {
        String stripped = text.strip();
        return stripped.length() <= TAIL ? stripped : "… " + stripped.substring(stripped.length() - TAIL);
    }

    private static ObjectNode json(CommandResult result) {
        ObjectNode json = JsonNodeFactory.instance.objectNode();
        json.put("exit_code", result.exitCode());
        json.put("stdout", text(result.stdout()));
        json.put("stderr", text(result.stderr()));
        return json;
    }
}
