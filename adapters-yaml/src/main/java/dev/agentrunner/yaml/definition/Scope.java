package dev.agentrunner.yaml.definition;

import java.util.LinkedHashSet;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * What expressions at one place see: the steps before it in its own list, and whatever the list itself sees where it
 * stands. Mutable: steps are added as the list is read.
 */
final class Scope {

    private final @Nullable Scope outer;
    private final @Nullable String variable;
    private final Set<String> steps = new LinkedHashSet<>();

    private Scope(@Nullable Scope outer, @Nullable String variable) {
        this.outer = outer;
        this.variable = variable;
    }

    static Scope ofWorkflow() {
        return new Scope(null, null);
    }

    /** For a list of steps within a step. */
    Scope inner() {
        return new Scope(this, null);
    }

    /** For the steps of a foreach. */
    Scope inner(String newVariable) {
        return new Scope(this, newVariable);
    }

    /** From here on, the step's result can be read. */
    void ran(String step) {
        steps.add(step);
    }

    boolean seesStep(String name) {
        return steps.contains(name) || (outer != null && outer.seesStep(name));
    }

    boolean seesVariable(String name) {
        return name.equals(variable) || (outer != null && outer.seesVariable(name));
    }

    Set<String> steps() {
        Set<String> all = outer == null ? new LinkedHashSet<>() : outer.steps();
        all.addAll(steps);
        return all;
    }

    Set<String> variables() {
        Set<String> all = outer == null ? new LinkedHashSet<>() : outer.variables();
        if (variable != null) {
            all.add(variable);
        }
        return all;
    }
}
