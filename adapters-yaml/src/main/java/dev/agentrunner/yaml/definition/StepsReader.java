package dev.agentrunner.yaml.definition;

import dev.agentrunner.workflow.StepOptions;
import dev.agentrunner.yaml.definition.Action.ForEach;
import dev.agentrunner.yaml.definition.Action.Parallel;
import dev.agentrunner.yaml.definition.Inherited.Own;
import dev.agentrunner.yaml.definition.StepDefinition.ArtifactDefinition;
import dev.agentrunner.yaml.expression.Template;
import dev.agentrunner.yaml.source.Excerpt;
import dev.agentrunner.yaml.source.Mapping;
import dev.agentrunner.yaml.source.Problems;
import dev.agentrunner.yaml.source.Scalar;
import dev.agentrunner.yaml.source.Sequence;
import dev.agentrunner.yaml.source.Value;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/** Reads lists of steps. */
final class StepsReader {

    static final List<String> ACTIONS =
            List.of("llm", "shell", "http", "approval", "sleep", "write_files", "foreach", "parallel", "run");

    private static final Pattern NAME = Pattern.compile("[A-Za-z0-9_-]{1,100}");
    private static final String NAME_RULE = "1 to 100 letters, digits, _ and -, as steps are named in paths";
    private static final Pattern VARIABLE = Pattern.compile("[A-Za-z_][A-Za-z0-9_]{0,99}");
    private static final List<String> WORDS = List.of("and", "or", "in", "true", "false", "null", "function");
    private static final int MOST_AT_ONCE = 64;

    private final Problems problems;
    private final TemplateReader templates;
    private final OptionsReader options;
    private final LlmReader llm;
    private final CommandReader commands;
    private final SimpleReader simple;

    StepsReader(Reading reading) {
        this.problems = reading.problems();
        this.templates = reading.templates();
        this.options = new OptionsReader(problems);
        this.llm = new LlmReader(reading);
        this.commands = new CommandReader(reading);
        this.simple = new SimpleReader(reading);
    }

    /** Leaves in the scope what runs after the list sees. */
    List<StepDefinition> steps(Value value, String what, Scope scope, Inherited inherited) {
        if (!(value instanceof Sequence list)) {
            problems.add(value, what + " is a list of steps, not " + value.kind() + "; begin each step with '- name:'");
            return List.of();
        }
        if (list.items().isEmpty()) {
            problems.add(value, what + " has no steps; add one");
        }
        List<StepDefinition> steps = new ArrayList<>();
        for (Value item : list.items()) {
            StepDefinition step = step(item, scope, inherited);
            scope.ran(step.name());
            steps.add(step);
        }
        return steps;
    }

    private StepDefinition step(Value value, Scope scope, Inherited inherited) {
        Keys keys = Keys.of(value, "a step", problems);
        String name = keys.name("name", NAME, NAME_RULE);
        String description = keys.text("description");
        Template when = when(keys, scope);
        Own own = options.own(keys);
        ArtifactDefinition artifact = artifact(keys, scope);
        String kind = kind(keys);
        if (inherited.contradicts(kind, own)) {
            problems.add(
                    keys.offset("retry"),
                    "a step that runs at most once is not tried again; take out retry, or set at_most_once: false");
        }
        StepOptions chosen = inherited.options(kind, own);
        if (kind.equals("approval")) {
            chosen = new StepOptions(chosen.retry(), null, chosen.onInterruption(), chosen.kind());
        }
        Action action = action(kind, keys, scope, inherited, own);
        keys.end();
        return new StepDefinition(name, description, when, chosen, artifact, action);
    }

    /** The one key that says what the step does; sleep if it cannot be told. */
    private String kind(Keys keys) {
        List<String> present = keys.present(ACTIONS);
        if (present.size() == 1) {
            if (!present.get(0).equals("foreach") && keys.has("steps")) {
                problems.add(keys.offset("steps"), "steps belong to a foreach; add foreach, or take them out");
            }
            return present.get(0);
        }
        if (present.isEmpty()) {
            keys.has("steps");
            problems.add(
                    keys.whole(),
                    "a step does one thing, and this one does nothing; add one of " + String.join(", ", ACTIONS));
            return "";
        }
        problems.add(
                keys.offset(present.get(1)),
                "a step does one thing, and this one has " + String.join(" and ", present) + "; make two steps of it");
        return present.get(0);
    }

    private Action action(String kind, Keys keys, Scope scope, Inherited inherited, Own own) {
        Value value = kind.isEmpty() ? null : keys.take(kind);
        if (value == null) {
            return new Action.Sleep(TemplateReader.NOTHING);
        }
        return switch (kind) {
            case "llm" -> llm.read(value, scope, inherited.model());
            case "shell" -> commands.shell(value, scope);
            case "http" -> commands.http(value, scope);
            case "approval" -> simple.approval(value, scope, own.timeout());
            case "write_files" -> simple.writeFiles(value, scope);
            case "run" -> simple.run(value, scope);
            case "foreach" -> forEach(value, keys, scope, inherited.with(own));
            case "parallel" -> parallel(value, scope, inherited.with(own));
            default -> simple.sleep(value, scope);
        };
    }

    private ForEach forEach(Value value, Keys step, Scope scope, Inherited inherited) {
        Keys keys = Keys.of(value, "foreach", problems);
        Value items = keys.require("items");
        if (items != null && !(items instanceof Sequence) && !templates.isExpression(items)) {
            problems.add(items, "items is a list, or one expression in quotes that gives one, not " + items.kind());
        }
        Template list = items == null ? TemplateReader.NOTHING : templates.any(items, scope);
        String as = keys.has("as") ? variable(keys) : "item";
        int concurrency = keys.count("concurrency", 1, MOST_AT_ONCE);
        keys.end();
        Value inner = step.require("steps");
        return new ForEach(
                list, as, concurrency, inner == null ? List.of() : steps(inner, "steps", scope.inner(as), inherited));
    }

    private String variable(Keys keys) {
        String name = keys.name("as", VARIABLE, "a letter, then letters, digits and _");
        if (References.ROOTS.contains(name) || WORDS.contains(name)) {
            problems.add(
                    keys.offset("as"),
                    Excerpt.quoted(name) + " means something else in expressions; choose another name");
        }
        return name;
    }

    private Parallel parallel(Value value, Scope scope, Inherited inherited) {
        Map<String, List<StepDefinition>> branches = new LinkedHashMap<>();
        if (!(value instanceof Mapping mapping) || mapping.entries().isEmpty()) {
            problems.add(
                    value, "parallel is a mapping of branches, each a list of steps; write 'name: [ … ]' for each");
            return new Parallel(branches);
        }
        mapping.entries().forEach((branch, entry) -> {
            if (!NAME.matcher(branch).matches()) {
                problems.add(entry.offset(), "the branch name " + Excerpt.quoted(branch) + " is not one: " + NAME_RULE);
            }
            branches.put(
                    branch, steps(entry.value(), "the branch " + Excerpt.quoted(branch), scope.inner(), inherited));
        });
        return new Parallel(branches);
    }

    private @Nullable Template when(Keys keys, Scope scope) {
        Value value = keys.take("when");
        if (value == null) {
            return null;
        }
        boolean flag = value instanceof Scalar scalar && scalar.json().isBoolean();
        if (!flag && !templates.isExpression(value)) {
            problems.add(value, "when is one expression in quotes, \"{{ … }}\", or true or false, not " + value.kind());
            return null;
        }
        return templates.any(value, scope);
    }

    private @Nullable ArtifactDefinition artifact(Keys step, Scope scope) {
        Value value = step.take("artifact");
        if (value == null) {
            return null;
        }
        if (!(value instanceof Mapping)) {
            return new ArtifactDefinition(templates.text(value, "artifact is a mapping, or", scope), DOCUMENT, null);
        }
        Keys keys = Keys.of(value, "artifact", problems);
        Value name = keys.require("name");
        Template text = name == null ? TemplateReader.NOTHING : templates.text(name, "name", scope);
        String kind = keys.textOrNull("kind");
        String mediaType = keys.textOrNull("media_type");
        if (mediaType != null && !MEDIA_TYPE.matcher(mediaType).matches()) {
            problems.add(
                    keys.offset("media_type"),
                    "media_type " + Excerpt.quoted(mediaType) + " is none; write one such as text/markdown");
        }
        keys.end();
        return new ArtifactDefinition(text, kind == null ? DOCUMENT : kind, mediaType);
    }

    private static final String DOCUMENT = "document";
    private static final Pattern MEDIA_TYPE = Pattern.compile("[\\w.+-]+/[\\w.+-]+(?:;.*)?");
}
