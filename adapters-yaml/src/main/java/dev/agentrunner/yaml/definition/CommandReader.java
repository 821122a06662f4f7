package dev.agentrunner.yaml.definition;

import dev.agentrunner.yaml.definition.Action.Http;
import dev.agentrunner.yaml.definition.Action.Shell;
import dev.agentrunner.yaml.expression.Template;
import dev.agentrunner.yaml.source.Excerpt;
import dev.agentrunner.yaml.source.Mapping;
import dev.agentrunner.yaml.source.Problems;
import dev.agentrunner.yaml.source.Scalar;
import dev.agentrunner.yaml.source.Sequence;
import dev.agentrunner.yaml.source.Spelling;
import dev.agentrunner.yaml.source.Value;
import java.util.Set;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/** Reads {@code shell} and {@code http}. */
final class CommandReader {

    private static final Set<String> METHODS = Set.of("GET", "HEAD", "POST", "PUT", "PATCH", "DELETE", "OPTIONS");
    private static final Pattern VARIABLE = Pattern.compile("[A-Za-z_][A-Za-z0-9_]*");
    /** RFC 9110, chapter 5.6.2. */
    private static final Pattern HEADER = Pattern.compile("[!#$%&'*+.^_`|~0-9A-Za-z-]+");

    private static final Pattern ADDRESS = Pattern.compile("https?://[^\\s/?#]+\\S*");

    private final Problems problems;
    private final TemplateReader templates;

    CommandReader(Reading reading) {
        this.problems = reading.problems();
        this.templates = reading.templates();
    }

    Shell shell(Value value, Scope scope) {
        Keys keys = Keys.of(value, "shell", problems);
        Value run = keys.require("run");
        Template command = run == null ? TemplateReader.NOTHING : command(run, scope);
        Template env = named(keys, "env", "env is a mapping of texts", VARIABLE, scope);
        boolean allowFailure = keys.flag("allow_failure", false);
        boolean sandbox = keys.flag("sandbox", false);
        keys.end();
        return new Shell(command, env, allowFailure, sandbox);
    }

    private Template command(Value run, Scope scope) {
        if (run instanceof Sequence list) {
            if (list.items().isEmpty()) {
                problems.add(run, "run names no program; write a program and its arguments");
            }
            return templates.texts(run, Sequence.class, "run is a list of texts", scope);
        }
        if (run instanceof Scalar scalar && scalar.isText() && scalar.written().isBlank()) {
            problems.add(run, "run is empty; write a script, or a list of a program and its arguments");
        }
        return templates.text(run, "run is a list, or", scope);
    }

    private @Nullable Template named(Keys keys, String key, String what, Pattern names, Scope scope) {
        Value value = keys.take(key);
        if (value == null) {
            return null;
        }
        if (value instanceof Mapping mapping) {
            mapping.entries().forEach((name, entry) -> {
                if (!name.contains("{{") && !names.matcher(name).matches()) {
                    problems.add(entry.offset(), Excerpt.quoted(name) + " cannot be a name in " + key);
                }
            });
        }
        return templates.texts(value, Mapping.class, what, scope);
    }

    Http http(Value value, Scope scope) {
        Keys keys = Keys.of(value, "http", problems);
        String method = method(keys);
        Value url = keys.require("url");
        Template address = url == null ? TemplateReader.NOTHING : url(url, scope);
        Template headers = named(keys, "headers", "headers is a mapping of texts", HEADER, scope);
        Value body = keys.take("body");
        Template content = body == null ? null : templates.any(body, scope);
        boolean allowFailure = keys.flag("allow_failure", false);
        keys.end();
        return new Http(method, address, headers, content, allowFailure);
    }

    private String method(Keys keys) {
        String method = keys.textOrNull("method");
        if (method == null) {
            return "GET";
        }
        if (!method.isEmpty() && !METHODS.contains(method)) {
            problems.add(
                    keys.offset("method"), "unknown method " + Excerpt.quoted(method) + Spelling.hint(method, METHODS));
        }
        return method;
    }

    private Template url(Value url, Scope scope) {
        if (url instanceof Scalar scalar
                && scalar.isText()
                && !TemplateReader.hasExpression(url)
                && !ADDRESS.matcher(scalar.written()).matches()) {
            problems.add(
                    url, "url " + Excerpt.quoted(scalar.written()) + " is none; write http:// or https:// and a host");
        }
        return templates.text(url, "url", scope);
    }
}
