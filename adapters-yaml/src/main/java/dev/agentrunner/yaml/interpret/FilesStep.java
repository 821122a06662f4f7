package dev.agentrunner.yaml.interpret;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.agentrunner.spi.workspace.FileEntry;
import dev.agentrunner.workflow.RunContext;
import dev.agentrunner.workflow.StepContext;
import dev.agentrunner.workflow.TerminalFailureException;
import dev.agentrunner.yaml.definition.Action;
import dev.agentrunner.yaml.definition.StepDefinition;
import dev.agentrunner.yaml.definition.StepDefinition.ArtifactDefinition;
import java.nio.charset.StandardCharsets;
import java.util.LinkedHashMap;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** Writes files into the workspace, all or none. */
final class FilesStep {

    private FilesStep() {}

    static JsonNode execute(RunContext run, StepDefinition step, Action.WriteFiles action, Scope scope) {
        ArtifactDefinition artifact = step.artifact();
        return run.step(step.name(), StepList.JSON, step.options().kind("write_files"), context -> {
            JsonNode from = scope.render(action.from());
            JsonNode path = scope.renderIfAny(action.path());
            String kept = artifact == null ? null : scope.text(artifact.name());
            Map<String, String> files = files(from, path == null ? null : Texts.of(path));
            if (artifact != null && kept != null) {
                keep(context, kept, artifact, Texts.of(from));
            }
            return json(context, files);
        });
    }

    private static Map<String, String> files(JsonNode from, @Nullable String path) {
        if (path != null) {
            return Map.of(path, Texts.of(from));
        }
        if (from.isObject()) {
            return Texts.byName(from, "write_files.from");
        }
        Map<String, String> marked = MarkedFiles.in(Texts.of(from));
        if (marked.isEmpty()) {
            throw new TerminalFailureException(
                    "no_files",
                    "The text has no files: it needs parts of the form '=== FILE: path ===' … '=== END FILE ===', or the "
                            + "step a 'path'");
        }
        return marked;
    }

    private static JsonNode json(StepContext context, Map<String, String> files) {
        Map<String, byte[]> contents = new LinkedHashMap<>();
        files.forEach((path, text) -> contents.put(path, text.getBytes(StandardCharsets.UTF_8)));
        ObjectNode result = JsonNodeFactory.instance.objectNode();
        ArrayNode written = result.putArray("files");
        for (FileEntry file : context.workspace().files().write(contents)) {
            written.addObject()
                    .put("path", file.path())
                    .put("size", file.size())
                    .put("sha256", file.sha256());
        }
        return result;
    }

    private static void keep(StepContext context, String name, ArtifactDefinition artifact, String text) {
        context.artifact(
                name, artifact.kind(), StepList.mediaType(artifact, name), text.getBytes(StandardCharsets.UTF_8));
    }
}
