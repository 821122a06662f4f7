package dev.agentrunner.yaml.interpret;

import dev.agentrunner.yaml.definition.Action;
import dev.agentrunner.yaml.definition.Definition;
import dev.agentrunner.yaml.definition.StepDefinition;
import dev.agentrunner.yaml.expression.Template;
import java.util.List;
import java.util.Objects;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/** Tells which names the expressions of a workflow use. */
final class Uses {

    private Uses() {}

    /** Whether any expression reads this name. */
    static boolean of(Definition definition, String name) {
        return Stream.concat(in(definition.steps()), some(definition.output()))
                .flatMap(template -> template.references().stream())
                .anyMatch(path -> !path.isEmpty() && path.get(0).equals(name));
    }

    private static Stream<Template> in(List<StepDefinition> steps) {
        return steps.stream().flatMap(step -> {
            StepDefinition.ArtifactDefinition artifact = step.artifact();
            Stream<Template> own = some(step.when(), artifact == null ? null : artifact.name());
            return Stream.concat(own, in(step.action()));
        });
    }

    private static Stream<Template> in(Action action) {
        if (action instanceof Action.Llm llm) {
            return some(llm.system(), llm.prompt());
        }
        if (action instanceof Action.Shell shell) {
            return some(shell.run(), shell.env());
        }
        if (action instanceof Action.Http http) {
            return some(http.url(), http.headers(), http.body());
        }
        if (action instanceof Action.Approval approval) {
            return some(approval.message());
        }
        if (action instanceof Action.Sleep sleep) {
            return some(sleep.duration());
        }
        if (action instanceof Action.WriteFiles files) {
            return some(files.from(), files.path());
        }
        if (action instanceof Action.ForEach each) {
            return Stream.concat(some(each.items()), in(each.steps()));
        }
        if (action instanceof Action.Parallel parallel) {
            return parallel.branches().values().stream().flatMap(Uses::in);
        }
        return some(((Action.RunWorkflow) action).input());
    }

    private static Stream<Template> some(@Nullable Template... templates) {
        return Stream.of(templates).filter(Objects::nonNull);
    }
}
