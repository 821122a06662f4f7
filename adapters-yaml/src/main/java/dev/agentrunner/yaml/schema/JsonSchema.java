package dev.agentrunner.yaml.schema;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import com.networknt.schema.Error;
import com.networknt.schema.ExecutionContext;
import com.networknt.schema.Schema;
import com.networknt.schema.SchemaLocation;
import com.networknt.schema.SchemaRegistry;
import com.networknt.schema.SchemaRegistryConfig;
import com.networknt.schema.dialect.Dialect;
import com.networknt.schema.dialect.Dialects;
import com.networknt.schema.keyword.NonValidationKeyword;
import com.networknt.schema.path.NodePath;
import com.networknt.schema.path.PathType;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.function.Consumer;

/** A JSON Schema of draft 2020-12 that values are held to. Nothing is fetched. Thread-safe. */
public final class JsonSchema {

    /** The schema of schemas. */
    static final String DRAFT = "https://json-schema.org/draft/2020-12/schema";

    /** Says nothing in the host's log about keywords that it does not know. */
    private static final Dialect DIALECT = Dialect.builder(Dialects.getDraft202012())
            .keyword(new BoundedRef())
            .unknownKeywordFactory((keyword, context) -> new NonValidationKeyword(keyword))
            .build();

    private final Schema schema;

    private JsonSchema(Schema schema) {
        this.schema = schema;
    }

    /**
     * How a value breaks a schema.
     *
     * @param path names and indexes that lead to the part that does
     */
    public record Violation(List<Object> path, String message) {
        public Violation {
            path = List.copyOf(path);
        }
    }

    /**
     * Takes a schema as it is.
     *
     * @param schema one in which {@link SchemaCheck} finds no problem
     */
    public static JsonSchema of(JsonNode schema) {
        ObjectNode anonymous = schema.deepCopy();
        anonymous.remove("$id");
        return new JsonSchema(registry().getSchema(anonymous));
    }

    static JsonSchema ofSchemas() {
        return new JsonSchema(registry().getSchema(SchemaLocation.of(DRAFT)));
    }

    private static SchemaRegistry registry() {
        SchemaRegistryConfig config = SchemaRegistryConfig.builder()
                .locale(Locale.ROOT)
                .regularExpressionFactory(BoundedRegex::of)
                .build();
        Consumer<SchemaRegistry.Builder> settings = builder ->
                builder.schemaRegistryConfig(config).schemaLoader(loader -> loader.fetchRemoteResources(false));
        return SchemaRegistry.withDialect(DIALECT, settings);
    }

    /**
     * The schema that stands at this place in this one.
     *
     * @param path names and indexes
     */
    JsonSchema part(List<Object> path) {
        NodePath place = new NodePath(PathType.JSON_POINTER);
        for (Object each : path) {
            place = each instanceof Integer index ? place.append(index) : place.append(each.toString());
        }
        return new JsonSchema(schema.getRefSchema(place));
    }

    /**
     * How the value breaks the schema; empty if it keeps to it. Also a value breaks it that cannot be checked to the end,
     * since that would take too many steps or levels.
     */
    public List<Violation> violations(JsonNode value) {
        return violations(value, new BoundedRef.Steps());
    }

    /** The same with what others have left of the steps. */
    List<Violation> violations(JsonNode value, BoundedRef.Steps steps) {
        try {
            Consumer<ExecutionContext> counted =
                    execution -> execution.getCollectorContext().put(BoundedRef.Steps.class, steps);
            return schema.validate(value, counted).stream()
                    .map(JsonSchema::violation)
                    .toList();
        } catch (BoundedRef.TooMany | StackOverflowError e) {
            return List.of(new Violation(List.of(), "it takes too long to check; make the schema simpler"));
        }
    }

    private static Violation violation(Error error) {
        NodePath location = error.getInstanceLocation();
        List<Object> path = new ArrayList<>();
        for (int i = 0; i < location.getNameCount(); i++) {
            path.add(location.getElement(i));
        }
        return new Violation(path, error.getMessage());
    }
}
