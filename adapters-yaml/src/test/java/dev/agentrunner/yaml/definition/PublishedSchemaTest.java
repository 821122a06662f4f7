package dev.agentrunner.yaml.definition;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import dev.agentrunner.yaml.problem.WorkflowFileException;
import dev.agentrunner.yaml.schema.JsonSchema;
import dev.agentrunner.yaml.schema.SchemaCheck;
import dev.agentrunner.yaml.source.Documents;
import dev.agentrunner.yaml.source.Mapping;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.FieldSource;
import org.junit.jupiter.params.provider.MethodSource;

/** The schema that editors use says the same as the reader and the documentation. */
class PublishedSchemaTest {

    private static final JsonNode SCHEMA = load();
    private static final JsonSchema CHECKED = JsonSchema.of(SCHEMA);

    private static JsonNode load() {
        try (InputStream in =
                DefinitionReader.class.getResourceAsStream("/dev/agentrunner/yaml/workflow.schema.json")) {
            return new ObjectMapper().readTree(in);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    static List<Refused> refused() {
        return Refused.all();
    }

    @ParameterizedTest
    @FieldSource("dev.agentrunner.yaml.definition.Files#GOOD")
    void it_lets_good_files_through(String name) {
        JsonNode file = Documents.read(name, Files.good(name)).root().json();

        assertThat(CHECKED.violations(file)).isEmpty();
    }

    @ParameterizedTest
    @MethodSource("refused")
    void it_refuses_what_it_can_see(Refused refused) {
        JsonNode file = Documents.read("f.yaml", refused.clean()).root().json();

        assertThat(CHECKED.violations(file).isEmpty()).as(refused.toString()).isEqualTo(!refused.bySchema());
    }

    @Test
    void it_is_itself_a_schema() {
        assertThat(catchThrowableOfType(WorkflowFileException.class, () -> {
                    var document = Documents.read("f.json", SCHEMA.toString());
                    var root = (Mapping) document.root();
                    new SchemaCheck(document.problems()).check(root);
                    document.problems().check();
                }))
                .satisfies(failure -> assertThat(failure.problems())
                        .allSatisfy(
                                problem -> assertThat(problem.message()).startsWith("$ref leads out of this file")));
    }

    @Test
    void every_key_has_a_description() {
        keys(SCHEMA, "a workflow", new TreeMap<>())
                .forEach((owner, keys) -> assertThat(keys)
                        .as(owner)
                        .allSatisfy((key, schema) -> assertThat(
                                        schema.path("description").asText())
                                .as(owner + "." + key)
                                .endsWith(".")));
    }

    /** The reader names all keys that it knows when it meets one that is like none of them. */
    @ParameterizedTest
    @MethodSource("owners")
    void the_reader_knows_the_same_keys(String owner, String text) {
        WorkflowFileException failure = catchThrowableOfType(WorkflowFileException.class, () -> Files.read(text));
        Matcher known = Pattern.compile("unknown key 'zzzzzzzz' in " + owner + "; known: (.*)")
                .matcher(failure.getMessage());

        assertThat(known.find()).as(failure.getMessage()).isTrue();
        assertThat(known.group(1).split(", "))
                .containsExactlyElementsOf(new TreeSet<>(
                        keys(SCHEMA, "a workflow", new TreeMap<>()).get(owner).keySet()));
    }

    static List<Arguments> owners() {
        String z = "zzzzzzzz: 1";
        Map<String, String> texts = new TreeMap<>();
        texts.put("a workflow", z);
        texts.put("defaults", "defaults: { " + z + " }");
        texts.put("workspace", "workspace: { " + z + " }");
        texts.put("retry", "defaults: { retry: { " + z + " } }");
        texts.put("a step", Files.step(z));
        for (String action : List.of("llm", "shell", "http", "approval", "write_files", "foreach", "run", "artifact")) {
            texts.put(action, Files.step(action + ": { " + z + " }"));
        }
        texts.put("a tool", Files.step("llm: { tools: [{ " + z + " }] }"));
        List<Arguments> all = new ArrayList<>();
        texts.forEach((owner, text) -> all.add(Arguments.of(owner, text)));
        assertThat(texts.keySet())
                .isEqualTo(keys(SCHEMA, "a workflow", new TreeMap<>()).keySet());
        return all;
    }

    @Test
    void every_key_is_documented() throws IOException {
        String page = java.nio.file.Files.readString(Path.of("..", "docs", "workflows.md"));

        keys(SCHEMA, "a workflow", new TreeMap<>())
                .forEach((owner, keys) -> keys.keySet()
                        .forEach(key -> assertThat(page).as(owner + "." + key).contains("`" + key + "`")));
    }

    @Test
    void the_documented_example_can_be_used() throws IOException {
        String page = java.nio.file.Files.readString(Path.of("..", "docs", "workflows.md"));
        Matcher examples =
                Pattern.compile("```yaml\n(name: .*?)```", Pattern.DOTALL).matcher(page);

        assertThat(examples.find()).isTrue();
        do {
            assertThat(Files.read(examples.group(1)).steps()).isNotEmpty();
        } while (examples.find());
    }

    /** The keys of every closed object, by what messages call it. */
    private static Map<String, Map<String, JsonNode>> keys(
            JsonNode schema, String name, Map<String, Map<String, JsonNode>> found) {
        if (schema.has("properties") && schema.path("additionalProperties").isBoolean()) {
            Map<String, JsonNode> keys = new TreeMap<>();
            schema.get("properties").properties().forEach(each -> keys.put(each.getKey(), each.getValue()));
            found.put(name, keys);
        }
        for (String part : List.of("properties", "$defs")) {
            schema.path(part).properties().forEach(each -> {
                String inner = each.getKey().equals("step") ? "a step" : each.getKey();
                keys(each.getValue(), inner, found);
            });
        }
        schema.path("oneOf").forEach(each -> keys(each, name, found));
        if (schema.has("items")) {
            keys(schema.get("items"), "a tool", found);
        }
        return found;
    }
}
