package dev.agentrunner.yaml.definition;

import com.fasterxml.jackson.databind.node.TextNode;
import dev.agentrunner.yaml.definition.Action.Approval;
import dev.agentrunner.yaml.definition.Action.Approval.OnTimeout;
import dev.agentrunner.yaml.definition.Action.RunWorkflow;
import dev.agentrunner.yaml.definition.Action.Sleep;
import dev.agentrunner.yaml.definition.Action.WriteFiles;
import dev.agentrunner.yaml.expression.Template;
import dev.agentrunner.yaml.expression.Templates;
import dev.agentrunner.yaml.source.Excerpt;
import dev.agentrunner.yaml.source.Mapping;
import dev.agentrunner.yaml.source.Problems;
import dev.agentrunner.yaml.source.Scalar;
import dev.agentrunner.yaml.source.Spelling;
import dev.agentrunner.yaml.source.Value;
import java.time.Duration;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;

/** Reads {@code approval}, {@code sleep}, {@code write_files} and {@code run}. */
final class SimpleReader {

    private static final Map<String, OnTimeout> ON_TIMEOUT = new TreeMap<>();

    static {
        for (OnTimeout each : OnTimeout.values()) {
            ON_TIMEOUT.put(each.name().toLowerCase(Locale.ROOT), each);
        }
    }

    private final Problems problems;
    private final TemplateReader templates;

    SimpleReader(Reading reading) {
        this.problems = reading.problems();
        this.templates = reading.templates();
    }

    /** @param timeout the step's own */
    Approval approval(Value value, Scope scope, @Nullable Duration timeout) {
        Keys keys = Keys.of(value, "approval", problems);
        Value message = keys.require("message");
        Template text = message == null ? TemplateReader.NOTHING : templates.text(message, "message", scope);
        Duration own = keys.duration("timeout");
        if (own != null && timeout != null) {
            problems.add(keys.offset("timeout"), "the step has a timeout, too; take one of them out");
        }
        String silence = keys.textOrNull("on_timeout");
        OnTimeout then = silence == null ? OnTimeout.FAIL : ON_TIMEOUT.get(silence);
        if (then == null) {
            problems.add(
                    keys.offset("on_timeout"),
                    "on_timeout " + Excerpt.quoted(String.valueOf(silence)) + " is none"
                            + Spelling.hint(String.valueOf(silence), ON_TIMEOUT.keySet()));
            then = OnTimeout.FAIL;
        } else if (silence != null && own == null && timeout == null) {
            problems.add(keys.offset("on_timeout"), "on_timeout without a timeout never happens; add a timeout");
        }
        keys.end();
        return new Approval(text, own == null ? timeout : own, then);
    }

    Sleep sleep(Value value, Scope scope) {
        if (templates.isExpression(value)) {
            return new Sleep(templates.any(value, scope));
        }
        String text = value instanceof Scalar scalar ? scalar.written() : "";
        if (Durations.parse(text) == null) {
            String what = text.isEmpty() ? value.kind() : Excerpt.quoted(text);
            problems.add(value, "sleep is a duration such as 500ms, 2s, 10m or 1h30m, or an expression, not " + what);
        }
        return new Sleep(Templates.constant(TextNode.valueOf(text)));
    }

    WriteFiles writeFiles(Value value, Scope scope) {
        Keys keys = Keys.of(value, "write_files", problems);
        Value from = keys.require("from");
        Value path = keys.take("path");
        Template content = from == null ? TemplateReader.NOTHING : from(from, scope);
        if (path != null && from instanceof Mapping) {
            problems.add(keys.offset("path"), "from has a path for each text already; take path out");
        }
        if (path instanceof Scalar scalar && scalar.isText() && !TemplateReader.hasExpression(path)) {
            checkPath(path.offset(), scalar.written());
        }
        Template target = path == null ? null : templates.text(path, "path", scope);
        keys.end();
        return new WriteFiles(content, target);
    }

    private Template from(Value from, Scope scope) {
        if (!(from instanceof Mapping mapping)) {
            return templates.text(from, "from is a mapping of texts by path, or", scope);
        }
        mapping.entries().forEach((path, entry) -> checkPath(entry.offset(), path));
        return templates.texts(from, Mapping.class, "from is a mapping of texts by path", scope);
    }

    private void checkPath(int offset, String path) {
        boolean inside = !path.isEmpty()
                && !path.endsWith("/")
                && List.of(path.split("/")).stream()
                        .noneMatch(part -> List.of("", ".", "..").contains(part));
        if (!inside) {
            problems.add(
                    offset,
                    "the path " + Excerpt.quoted(path)
                            + " is not one in the workspace; write it relative, with / and without . and ..");
        }
    }

    RunWorkflow run(Value value, Scope scope) {
        Keys keys = Keys.of(value, "run", problems);
        String name = keys.name("workflow", DefinitionReader.NAME, DefinitionReader.NAME_RULE);
        Value at = keys.take("workflow");
        Value input = keys.take("input");
        if (input != null && !(input instanceof Mapping) && !templates.isExpression(input)) {
            problems.add(input, "input is a mapping, or one expression in quotes, not " + input.kind());
        }
        Template given = input == null ? null : templates.any(input, scope);
        keys.end();
        return new RunWorkflow(name, given, problems.place(at == null ? value : at));
    }
}
