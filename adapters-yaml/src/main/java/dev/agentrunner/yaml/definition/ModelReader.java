package dev.agentrunner.yaml.definition;

import dev.agentrunner.yaml.source.Excerpt;
import dev.agentrunner.yaml.source.Problems;
import dev.agentrunner.yaml.source.Scalar;
import dev.agentrunner.yaml.source.Sequence;
import dev.agentrunner.yaml.source.Spelling;
import dev.agentrunner.yaml.source.Value;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/** Reads names of models. */
final class ModelReader {

    private final Problems problems;
    private final Optional<Set<String>> providers;

    ModelReader(Problems problems, Environment environment) {
        this.problems = problems;
        this.providers = environment.providers();
    }

    @Nullable String model(Keys keys) {
        Value value = keys.take("model");
        return value == null ? null : name(value);
    }

    List<String> fallbacks(Keys keys) {
        Value value = keys.take("fallbacks");
        if (value == null) {
            return List.of();
        }
        if (!(value instanceof Sequence list)) {
            problems.add(value, "fallbacks is a list of models, not " + value.kind());
            return List.of();
        }
        List<String> names = new ArrayList<>();
        list.items().forEach(item -> names.add(name(item)));
        return names;
    }

    private String name(Value value) {
        if (!(value instanceof Scalar scalar) || !scalar.isText()) {
            problems.add(value, "a model is a text, provider/model, not " + value.kind());
            return "";
        }
        String name = scalar.written();
        int slash = name.indexOf('/');
        if (slash < 1 || slash == name.length() - 1) {
            problems.add(
                    value, "the model " + Excerpt.quoted(name) + " does not say its provider; write provider/model");
        } else {
            String provider = name.substring(0, slash);
            providers
                    .filter(all -> !all.contains(provider))
                    .ifPresent(all -> problems.add(
                            value, "no provider is called " + Excerpt.quoted(provider) + Spelling.hint(provider, all)));
        }
        return name;
    }
}
