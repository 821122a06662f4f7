package dev.agentrunner.http;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import com.networknt.schema.SchemaRegistry;
import com.networknt.schema.SpecificationVersion;
import dev.agentrunner.AgentRunner;
import dev.agentrunner.http.request.Route;
import dev.agentrunner.memory.InMemoryStore;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class DocumentTest {

    private static final Path DOCUMENT =
            Path.of("src/main/resources/dev/agentrunner/http/openapi.json").toAbsolutePath();

    @Test
    void every_call_is_described_and_nothing_else_is() {
        AgentRunner runner = AgentRunner.builder().store(new InMemoryStore()).build();
        try (runner;
                HttpApi api = HttpApi.of(runner, HttpOptions.DEFAULT)) {
            List<String> routes = api.routes().stream().map(DocumentTest::name).toList();

            assertThat(Documented.operations().keySet()).containsExactlyInAnyOrderElementsOf(routes);
        }
    }

    private static String name(Route route) {
        return route.method() + " " + route.path().replace("<file>", "{file}");
    }

    @Test
    void the_examples_are_as_the_schemas_say() {
        int examples = 0;
        for (JsonNode operation : Documented.operations().values()) {
            for (JsonNode content : operation.findValues("application/json")) {
                for (JsonNode example : content.path("examples")) {
                    JsonNode value = example.has("$ref")
                            ? Documented.DOCUMENT.at(
                                    example.get("$ref").asText().substring(1))
                            : example;
                    ObjectNode schema = content.path("schema").deepCopy();
                    schema.set("components", Documented.DOCUMENT.path("components"));
                    assertThat(SchemaRegistry.withDefaultDialect(SpecificationVersion.DRAFT_2020_12)
                                    .getSchema(schema)
                                    .validate(value.path("value")))
                            .as(value.toString())
                            .isEmpty();
                    examples++;
                }
            }
        }
        assertThat(examples).isGreaterThan(5);
    }

    @Test
    void the_document_is_served_to_whoever_asks() {
        try (TestServer server = TestServer.open()) {
            assertThat(server.client().get("/openapi.json").at("/openapi")).isEqualTo("3.1.0");
        }
    }

    /** Its packages come from the registry that npm is set to; without one there is nothing to lint with. */
    @Test
    void a_linter_has_nothing_to_say(@TempDir Path folder) throws Exception {
        assumeTrue(run(folder, "npx", "--version") == 0, "npx is not installed");
        Files.writeString(folder.resolve(".spectral.json"), """
                {"extends": ["spectral:oas"], "rules": {"operation-description": "off"}}""");
        String[] spectral = {"npx", "--yes", "--prefer-offline", "@stoplight/spectral-cli@6.15.0"};
        assumeTrue(run(folder, spectral[0], spectral[1], spectral[2], spectral[3], "--version") == 0, "no registry");

        int exit = run(
                folder,
                spectral[0],
                spectral[1],
                spectral[2],
                spectral[3],
                "lint",
                "--fail-severity=warn",
                "--ruleset=.spectral.json",
                DOCUMENT.toString());

        assertThat(exit).as(Files.readString(folder.resolve("output"))).isZero();
    }

    private static int run(Path folder, String... command) throws InterruptedException {
        try {
            Process process = new ProcessBuilder(command)
                    .directory(folder.toFile())
                    .redirectErrorStream(true)
                    .redirectOutput(folder.resolve("output").toFile())
                    .start();
            if (!process.waitFor(2, TimeUnit.MINUTES)) {
                process.destroyForcibly();
                return -1;
            }
            return process.exitValue();
        } catch (IOException e) {
            return -1;
        }
    }
}
