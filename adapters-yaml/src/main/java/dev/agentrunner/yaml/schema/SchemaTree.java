package dev.agentrunner.yaml.schema;

import dev.agentrunner.yaml.source.Mapping;
import dev.agentrunner.yaml.source.Scalar;
import dev.agentrunner.yaml.source.Sequence;
import dev.agentrunner.yaml.source.Value;
import java.net.URLDecoder;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.IdentityHashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/** The schemas within a schema, and where its references lead. Immutable once made. */
final class SchemaTree {

    private static final Set<String> ONE = Set.of(
            "items",
            "additionalProperties",
            "contains",
            "propertyNames",
            "unevaluatedItems",
            "unevaluatedProperties",
            "contentSchema");
    private static final Set<String> MANY = Set.of("prefixItems");
    private static final Set<String> NAMED = Set.of("properties", "patternProperties", "$defs", "definitions");
    /** Those that are about the same value as the schema around them. */
    private static final Set<String> ONE_IN_PLACE = Set.of("not", "if", "then", "else");

    private static final Set<String> MANY_IN_PLACE = Set.of("allOf", "anyOf", "oneOf");
    private static final Set<String> NAMED_IN_PLACE = Set.of("dependentSchemas");

    /** All of draft 2020-12, and two that its schema of schemas still lets through. */
    static final Set<String> KEYWORDS = Set.of(
            "$anchor",
            "$comment",
            "$defs",
            "$dynamicAnchor",
            "$dynamicRef",
            "$id",
            "$ref",
            "$schema",
            "$vocabulary",
            "additionalProperties",
            "allOf",
            "anyOf",
            "const",
            "contains",
            "contentEncoding",
            "contentMediaType",
            "contentSchema",
            "default",
            "definitions",
            "dependencies",
            "dependentRequired",
            "dependentSchemas",
            "deprecated",
            "description",
            "else",
            "enum",
            "examples",
            "exclusiveMaximum",
            "exclusiveMinimum",
            "format",
            "if",
            "items",
            "maxContains",
            "maximum",
            "maxItems",
            "maxLength",
            "maxProperties",
            "minContains",
            "minimum",
            "minItems",
            "minLength",
            "minProperties",
            "multipleOf",
            "not",
            "oneOf",
            "pattern",
            "patternProperties",
            "prefixItems",
            "properties",
            "propertyNames",
            "readOnly",
            "required",
            "then",
            "title",
            "type",
            "unevaluatedItems",
            "unevaluatedProperties",
            "uniqueItems",
            "writeOnly");

    private final Mapping root;
    private final IdentityHashMap<Mapping, Node> nodes = new IdentityHashMap<>();
    private final List<Node> inOrder = new ArrayList<>();
    private final Map<String, Mapping> anchors = new HashMap<>();

    /**
     * One schema.
     *
     * @param path that leads to it from the root; null: only references do
     * @param inPlace the schemas in it that are about the same value; what it refers to is not among them
     */
    record Node(Mapping schema, @Nullable List<Object> path, List<Mapping> inPlace) {

        boolean isRoot() {
            return path != null && path.isEmpty();
        }
    }

    SchemaTree(Mapping root) {
        this.root = root;
        add(root, List.of());
        // where a reference leads is a schema, wherever that is
        for (int i = 0; i < inOrder.size(); i++) {
            if (target(inOrder.get(i).schema()) instanceof Mapping mapping) {
                add(mapping, null);
            }
        }
    }

    Mapping root() {
        return root;
    }

    List<Node> nodes() {
        return List.copyOf(inOrder);
    }

    Node node(Mapping schema) {
        Node node = nodes.get(schema);
        return node == null ? new Node(schema, null, List.of()) : node;
    }

    /** Where the schema's {@code $ref} leads; null: there is none, or it leads to nothing in this file. */
    @Nullable Value target(Mapping schema) {
        if (!(schema.get("$ref") instanceof Scalar ref) || !ref.written().startsWith("#")) {
            return null;
        }
        String fragment = ref.written().substring(1);
        if (!fragment.isEmpty() && !fragment.startsWith("/")) {
            return anchors.get(fragment);
        }
        Value at = root;
        for (String token : fragment.isEmpty()
                ? List.<String>of()
                : List.of(fragment.substring(1).split("/", -1))) {
            at = child(at, unescaped(token));
        }
        return at;
    }

    private static String unescaped(String token) {
        String name = token;
        if (token.contains("%")) {
            try {
                name = URLDecoder.decode(token.replace("+", "%2B"), StandardCharsets.UTF_8);
            } catch (IllegalArgumentException e) {
                return token;
            }
        }
        return name.replace("~1", "/").replace("~0", "~");
    }

    private static @Nullable Value child(@Nullable Value value, String token) {
        if (value instanceof Mapping mapping) {
            return mapping.get(token);
        }
        if (value instanceof Sequence list && token.matches("[0-9]{1,6}")) {
            int index = Integer.parseInt(token);
            return index < list.items().size() ? list.items().get(index) : null;
        }
        return null;
    }

    private void add(Value value, @Nullable List<Object> path) {
        if (!(value instanceof Mapping schema) || nodes.containsKey(schema)) {
            return;
        }
        List<Mapping> inPlace = new ArrayList<>();
        Node node = new Node(schema, path, inPlace);
        nodes.put(schema, node);
        inOrder.add(node);
        if (schema.get("$anchor") instanceof Scalar anchor) {
            anchors.putIfAbsent(anchor.written(), schema);
        }
        schema.entries().forEach((keyword, entry) -> {
            boolean here = isInPlace(keyword);
            inner(keyword, entry.value()).forEach((place, each) -> {
                if (here && each instanceof Mapping mapping) {
                    inPlace.add(mapping);
                }
                add(each, path == null ? null : join(path, place));
            });
        });
    }

    private static boolean isInPlace(String keyword) {
        return ONE_IN_PLACE.contains(keyword) || MANY_IN_PLACE.contains(keyword) || NAMED_IN_PLACE.contains(keyword);
    }

    /** The schemas that a keyword holds, by the way to them. */
    private static Map<List<Object>, Value> inner(String keyword, Value value) {
        Map<List<Object>, Value> inner = new LinkedHashMap<>();
        if (ONE.contains(keyword) || ONE_IN_PLACE.contains(keyword)) {
            inner.put(List.of(keyword), value);
        } else if ((MANY.contains(keyword) || MANY_IN_PLACE.contains(keyword)) && value instanceof Sequence list) {
            for (int i = 0; i < list.items().size(); i++) {
                inner.put(List.of(keyword, i), list.items().get(i));
            }
        } else if ((NAMED.contains(keyword) || NAMED_IN_PLACE.contains(keyword)) && value instanceof Mapping mapping) {
            mapping.entries().forEach((name, entry) -> inner.put(List.of(keyword, name), entry.value()));
        }
        return inner;
    }

    private static List<Object> join(List<Object> path, List<Object> more) {
        List<Object> joined = new ArrayList<>(path);
        joined.addAll(more);
        return List.copyOf(joined);
    }
}
