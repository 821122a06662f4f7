package dev.agentrunner.yaml.expression;

import java.util.ArrayList;
import java.util.Collections;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;

/** Finds what an expression reads from the scope, by following where its context is the scope itself. */
final class References {

    private final Set<List<String>> found = new LinkedHashSet<>();

    private References() {}

    static Set<List<String>> in(Node expression) {
        References references = new References();
        references.follow(expression, true);
        return Collections.unmodifiableSet(references.found);
    }

    private void follow(Node node, boolean root) {
        List<String> path = new ArrayList<>();
        collect(node, root, path);
        if (!path.isEmpty()) {
            found.add(List.copyOf(path));
        }
    }

    /**
     * Follows the parts of a path from the left.
     *
     * @param path grows by the names read one below the other, from the scope on
     * @return whether the path goes on: what follows is one level below what was read last
     */
    private boolean collect(Node node, boolean root, List<String> path) {
        List<Node> parts = node.parts();
        return switch (node.kind()) {
            case NAME -> {
                if (root) {
                    path.add(node.text());
                }
                yield root;
            }
            case VARIABLE -> node.text().equals("$") || (root && node.text().isEmpty());
            case PATH -> step(parts.get(1), collect(parts.get(0), root, path), path);
            case FOR_EACH -> {
                boolean goesOn = collect(parts.get(0), root, path);
                parts.stream().skip(1).forEach(part -> follow(part, false));
                yield goesOn && node.text().equals("[");
            }
            case FOCUS -> {
                collect(parts.get(0), root, path);
                yield false;
            }
            case BIND -> {
                follow(parts.get(1), root);
                yield false;
            }
            case LAMBDA -> {
                follow(parts.get(parts.size() - 1), root);
                yield false;
            }
            case TRANSFORM -> {
                parts.forEach(part -> follow(part, false));
                yield false;
            }
            default -> {
                parts.forEach(part -> follow(part, root));
                yield false;
            }
        };
    }

    private boolean step(Node step, boolean goesOn, List<String> path) {
        if (step.kind() == Node.Kind.FOR_EACH) {
            boolean below = step(step.parts().get(0), goesOn, path);
            step.parts().stream().skip(1).forEach(part -> follow(part, false));
            return below && step.text().equals("[");
        }
        if (step.kind() == Node.Kind.NAME || step.kind() == Node.Kind.TEXT) {
            if (goesOn) {
                path.add(step.text());
            }
            return goesOn;
        }
        if (step.kind() == Node.Kind.FOCUS) {
            step(step.parts().get(0), goesOn, path);
        } else {
            follow(step, false);
        }
        return false;
    }
}
