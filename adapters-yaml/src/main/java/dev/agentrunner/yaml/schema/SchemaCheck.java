package dev.agentrunner.yaml.schema;

import com.networknt.schema.SchemaException;
import dev.agentrunner.yaml.schema.JsonSchema.Violation;
import dev.agentrunner.yaml.source.Excerpt;
import dev.agentrunner.yaml.source.Mapping;
import dev.agentrunner.yaml.source.Problems;
import dev.agentrunner.yaml.source.Scalar;
import dev.agentrunner.yaml.source.Sequence;
import dev.agentrunner.yaml.source.Spelling;
import dev.agentrunner.yaml.source.Value;
import java.util.HashSet;
import java.util.IdentityHashMap;
import java.util.List;
import java.util.Set;
import java.util.regex.PatternSyntaxException;

/**
 * Looks at the JSON Schemas in a file: whether they are of draft 2020-12, refer to nothing outside of themselves, end, and
 * have defaults that keep to them. Mutable.
 */
public final class SchemaCheck {

    /** How many schemas may be about one value, those that are referred to included. */
    private static final int MOST_IN_PLACE = 1_000;

    private static final JsonSchema SCHEMAS = JsonSchema.ofSchemas();

    private final Problems problems;
    private final BoundedRef.Steps steps = new BoundedRef.Steps();

    public SchemaCheck(Problems problems) {
        this.problems = problems;
    }

    /** Notes what is wrong with one of them. */
    public void check(Mapping schema) {
        int before = problems.size();
        keywords(schema);
        SchemaTree tree = new SchemaTree(schema);
        tree.nodes().forEach(node -> references(node, tree));
        tree.nodes().forEach(node -> patterns(node.schema()));
        tree.nodes().forEach(node -> spelling(node.schema()));
        if (problems.size() == before) {
            size(tree);
        }
        if (problems.size() == before) {
            defaults(tree);
        }
    }

    private void keywords(Mapping root) {
        Set<Integer> told = new HashSet<>();
        for (Violation violation : SCHEMAS.violations(root.json())) {
            Value at = at(root, violation.path());
            // a broken part breaks all schemas that are about it; the first says it best
            if (told.add(at.offset())) {
                problems.add(at, "this is no JSON Schema (2020-12): " + Excerpt.sentence(violation.message()));
            }
        }
    }

    /** What a schema does not know it ignores, so nobody would notice a slip. */
    private void spelling(Mapping schema) {
        schema.entries().forEach((keyword, entry) -> {
            if (!SchemaTree.KEYWORDS.contains(keyword) && Spelling.isMeant(keyword, SchemaTree.KEYWORDS)) {
                problems.add(
                        entry.offset(),
                        "unknown key " + Excerpt.quoted(keyword) + " in a JSON Schema"
                                + Spelling.hint(keyword, SchemaTree.KEYWORDS));
            }
        });
    }

    private static Value at(Value value, List<Object> path) {
        Value at = value;
        for (Object step : path) {
            Value next = null;
            if (at instanceof Mapping mapping) {
                next = mapping.get(step.toString());
            } else if (at instanceof Sequence list
                    && step instanceof Integer index
                    && index < list.items().size()) {
                next = list.items().get(index);
            }
            if (next == null) {
                return at;
            }
            at = next;
        }
        return at;
    }

    private void references(SchemaTree.Node node, SchemaTree tree) {
        Mapping schema = node.schema();
        if (schema.get("$ref") instanceof Scalar ref) {
            if (!ref.written().startsWith("#")) {
                problems.add(ref, "$ref leads out of this file, and nothing is fetched; copy the schema into $defs");
            } else if (tree.target(schema) == null) {
                problems.add(ref, "$ref " + Excerpt.quoted(ref.written()) + " leads to nothing in this schema");
            }
        }
        for (String keyword : List.of("$dynamicRef", "$dynamicAnchor", "$vocabulary")) {
            refuse(schema, keyword, keyword + " is not supported; use $ref");
        }
        if (!node.isRoot()) {
            refuse(schema, "$id", "only the whole schema may have an $id; take it out");
        }
        if (schema.get("$schema") instanceof Scalar draft && !draft.written().equals(JsonSchema.DRAFT)) {
            problems.add(draft, "schemas are of draft 2020-12; write " + JsonSchema.DRAFT + ", or leave $schema out");
        }
    }

    private void refuse(Mapping schema, String keyword, String message) {
        Mapping.Entry entry = schema.entries().get(keyword);
        if (entry != null) {
            problems.add(entry.offset(), message);
        }
    }

    private void patterns(Mapping schema) {
        if (schema.get("pattern") instanceof Scalar pattern) {
            regex(pattern.written(), pattern.offset());
        }
        if (schema.get("patternProperties") instanceof Mapping patterns) {
            patterns.entries().forEach((pattern, entry) -> regex(pattern, entry.offset()));
        }
    }

    private void regex(String regex, int offset) {
        try {
            BoundedRegex.of(regex);
        } catch (PatternSyntaxException | StackOverflowError e) {
            String why = e instanceof PatternSyntaxException syntax ? syntax.getDescription() : "too deeply nested";
            problems.add(offset, "the pattern " + Excerpt.quoted(regex) + " is no regular expression: " + why);
        }
    }

    private void size(SchemaTree tree) {
        IdentityHashMap<Mapping, Integer> sizes = new IdentityHashMap<>();
        for (SchemaTree.Node node : tree.nodes()) {
            if (size(node.schema(), tree, sizes, 0) > MOST_IN_PLACE) {
                problems.add(
                        node.schema(),
                        "more than " + MOST_IN_PLACE + " schemas are about one value here, or one refers to itself"
                                + " without end; make it simpler");
                return;
            }
        }
    }

    /** How many schemas are about the same value as this one; a loop is as large as it can be counted. */
    private static int size(Mapping schema, SchemaTree tree, IdentityHashMap<Mapping, Integer> sizes, int depth) {
        Integer known = sizes.get(schema);
        if (known != null) {
            return known;
        }
        if (depth > MOST_IN_PLACE) {
            return MOST_IN_PLACE + 1;
        }
        int size = 1;
        for (Mapping inner : tree.node(schema).inPlace()) {
            size = Math.min(MOST_IN_PLACE + 1, size + size(inner, tree, sizes, depth + 1));
        }
        if (tree.target(schema) instanceof Mapping target) {
            size = Math.min(MOST_IN_PLACE + 1, size + size(target, tree, sizes, depth + 1));
        }
        sizes.put(schema, size);
        return size;
    }

    private void defaults(SchemaTree tree) {
        JsonSchema whole = null;
        for (SchemaTree.Node node : tree.nodes()) {
            Value given = node.schema().get("default");
            List<Object> path = node.path();
            if (given != null && path != null) {
                whole = whole == null ? JsonSchema.of(tree.root().json()) : whole;
                defaultValue(whole, path, given);
            }
        }
    }

    private void defaultValue(JsonSchema whole, List<Object> path, Value given) {
        try {
            JsonSchema part = path.isEmpty() ? whole : whole.part(path);
            for (Violation violation : part.violations(given.json(), steps)) {
                problems.add(
                        at(given, violation.path()),
                        "the default does not keep to its own schema: " + Excerpt.sentence(violation.message()));
            }
        } catch (SchemaException e) {
            problems.add(
                    given,
                    "the default cannot be held against its schema: "
                            + Excerpt.sentence(String.valueOf(e.getMessage())));
        }
    }
}
