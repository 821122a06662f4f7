package dev.agentrunner.http.calls;

import com.networknt.schema.Error;
import com.networknt.schema.Schema;
import com.networknt.schema.SchemaRegistry;
import com.networknt.schema.SchemaRegistryConfig;
import com.networknt.schema.SpecificationVersion;
import com.networknt.schema.path.PathType;
import dev.agentrunner.AgentRunner;
import dev.agentrunner.client.WorkflowInfo;
import dev.agentrunner.http.problem.FieldError;
import dev.agentrunner.http.problem.Kind;
import dev.agentrunner.http.problem.Problem;
import dev.agentrunner.http.view.Shown;
import dev.agentrunner.spi.model.Json;
import java.util.List;
import java.util.Locale;
import java.util.concurrent.ConcurrentHashMap;
import org.jspecify.annotations.Nullable;

/**
 * Holds inputs against the schemas of workflows written in code. Those that are declared do so themselves, with bounds that
 * a schema needs of which its author may be anybody. Thread-safe.
 */
final class Inputs {

    private static final String IN_CODE = "code";
    private static final int MOST_ERRORS = 50;

    private final AgentRunner runner;
    private final ConcurrentHashMap<Json, Schema> schemas = new ConcurrentHashMap<>();

    Inputs(AgentRunner runner) {
        this.runner = runner;
    }

    /**
     * Looks at an input.
     *
     * @param version null: the newest
     * @throws Problem that names what is wrong with it
     */
    void check(String workflow, @Nullable String version, Json input) {
        WorkflowInfo meant = DiscoveryCalls.find(runner.workflows(), workflow, version);
        if (meant == null || !meant.source().equals(IN_CODE)) {
            return;
        }
        List<FieldError> errors =
                schemas.computeIfAbsent(meant.inputSchema(), Inputs::schema).validate(Shown.tree(input)).stream()
                        .limit(MOST_ERRORS)
                        .map(Inputs::error)
                        .toList();
        if (!errors.isEmpty()) {
            throw Problem.of(Kind.INVALID_INPUT, errors);
        }
    }

    private static FieldError error(Error error) {
        return new FieldError("/input" + error.getInstanceLocation(), error.getMessage());
    }

    private static Schema schema(Json text) {
        SchemaRegistryConfig config = SchemaRegistryConfig.builder()
                .locale(Locale.ROOT)
                .pathType(PathType.JSON_POINTER)
                .build();
        return SchemaRegistry.withDefaultDialect(
                        SpecificationVersion.DRAFT_2020_12,
                        builder -> builder.schemaRegistryConfig(config)
                                .schemaLoader(loader -> loader.fetchRemoteResources(false)))
                .getSchema(text.tree());
    }
}
