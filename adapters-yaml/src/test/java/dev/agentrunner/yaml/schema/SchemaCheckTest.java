package dev.agentrunner.yaml.schema;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.sun.net.httpserver.HttpServer;
import dev.agentrunner.yaml.problem.WorkflowFileException;
import dev.agentrunner.yaml.schema.JsonSchema.Violation;
import dev.agentrunner.yaml.source.Documents;
import dev.agentrunner.yaml.source.Documents.Document;
import dev.agentrunner.yaml.source.Mapping;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.Assertions;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class SchemaCheckTest {

    private static final ObjectMapper JSON = new ObjectMapper();

    @ParameterizedTest
    @ValueSource(
            strings = {
                "{}",
                "{type: object, properties: {a: {type: [string, 'null'], default: null}}}",
                "{$id: 'https://example.org/x', properties: {a: {$ref: '#/$defs/b', default: 1}}, $defs: {b: {type: integer}}}",
                "{properties: {a: {$ref: '#'}}}",
                "{properties: {a: {$ref: '#here'}}, $defs: {x: {$anchor: here, type: string}}}",
                "{properties: {a: {$ref: '#/definitions/x~1y%20z'}}, definitions: {'x/y z': {type: string}}}",
                "{properties: {tree: {type: object, properties: {left: {$ref: '#/properties/tree'}}, default: {left: {left: {}}}}}}",
                "{allOf: [{properties: {a: {default: 1}}}], if: {required: [a]}, then: {required: [b]}, else: false}",
                "{properties: {a: {enum: [{$ref: nowhere}], const: {pattern: '('}, examples: [{$id: 1}]}}}",
                "{properties: {pattern: {type: string}, $ref: {type: string}, default: {type: string}}}",
                "{additionalProperties: true, format: email, x-mine: 1}"
            })
    void schemas_are_let_through(String schema) {
        assertThat(problems(schema)).isEmpty();
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            quoteCharacter = '`',
            value = {
                "{type: strin}|1:8|this is no JSON Schema",
                "{properties: []}|1:14|this is no JSON Schema",
                "{properties: {a: 5}}|1:18|this is no JSON Schema",
                "{minLength: -1}|1:13|this is no JSON Schema",
                "{properties: {a: {$ref: 'http://127.0.0.1:1/x'}}}|1:25|leads out of this file",
                "{$ref: 'classpath:/draft/2020-12/schema'}|1:8|leads out of this file",
                "{items: {$ref: other.json}}|1:16|leads out of this file",
                "{$ref: '#/$defs/a'}|1:8|leads to nothing",
                "{$ref: '#a'}|1:8|leads to nothing",
                "{items: {$ref: '#/%zz'}}|1:16|leads to nothing",
                "{$ref: '#'}|1:1|refers to itself without end",
                "{allOf: [{anyOf: [{$ref: '#'}]}]}|1:1|refers to itself without end",
                "{not: {$ref: '#'}}|1:1|refers to itself without end",
                "{type: object, requird: [a]}|1:16|unknown key 'requird' in a JSON Schema; did you mean 'required'?",
                "{$dynamicRef: '#a'}|1:2|$dynamicRef is not supported",
                "{items: {$id: 'https://example.org/x'}}|1:10|only the whole schema may have an $id",
                "{$schema: 'http://json-schema.org/draft-04/schema#'}|1:11|schemas are of draft 2020-12",
                "{pattern: '['}|1:11|is no regular expression",
                "{patternProperties: {'[': {}}}|1:22|is no regular expression",
                "{properties: {a: {type: object, properties: {n: {type: integer}}, default: {n: x}}}}|1:80|the default does not keep to its own schema",
                "{items: {prefixItems: [{type: string, default: 1}]}}|1:48|the default does not keep to its own schema",
                "{not: {type: string, default: 1}}|1:31|the default does not keep to its own schema"
            })
    void what_cannot_be_used_is_told_where_it_is(String schema, String place, String says) {
        assertThat(problems(schema))
                .anySatisfy(problem ->
                        assertThat(problem).startsWith("f.yaml:" + place + ": ").contains(says));
    }

    @Test
    void a_schema_that_doubles_without_end_is_refused_quickly() {
        StringBuilder schema = new StringBuilder("{properties: {a: {default: 1, $ref: '#/$defs/s0'}}, $defs: {");
        for (int i = 0; i < 60; i++) {
            schema.append("s%d: {allOf: [{$ref: '#/$defs/s%d'}, {$ref: '#/$defs/s%d'}]}, ".formatted(i, i + 1, i + 1));
        }
        schema.append("s60: {}}}");

        Assertions.assertTimeoutPreemptively(
                Duration.ofSeconds(5),
                () -> assertThat(problems(schema.toString()))
                        .anySatisfy(problem -> assertThat(problem).contains("more than 1000 schemas")));
    }

    @Test
    void a_default_that_doubles_the_work_with_every_level_is_given_up() {
        String schema = "{$defs: {t: {allOf: [{items: {$ref: '#/$defs/t'}}, {items: {$ref: '#/$defs/t'}}]}},"
                + " properties: {a: {$ref: '#/$defs/t', default: " + "[".repeat(40) + "]".repeat(40) + "}}}";

        Assertions.assertTimeoutPreemptively(
                Duration.ofSeconds(10),
                () -> assertThat(problems(schema))
                        .singleElement()
                        .satisfies(problem -> assertThat(problem).contains("it takes too long to check")));
    }

    @Test
    void a_long_chain_of_references_is_refused() {
        StringBuilder schema = new StringBuilder("{$defs: {");
        for (int i = 0; i < 20_000; i++) {
            schema.append("s%d: {$ref: '#/$defs/s%d'}, ".formatted(i, i + 1));
        }
        schema.append("s20000: {}}}");

        assertThat(problems(schema.toString()))
                .anySatisfy(problem -> assertThat(problem).contains("more than 1000"));
    }

    @Test
    void a_pattern_that_goes_back_and_forth_ends() {
        String schema = "{properties: {a: {pattern: '^(a+)+\\1b$', default: '" + "a".repeat(60) + "'}}}";

        Assertions.assertTimeoutPreemptively(
                Duration.ofSeconds(5),
                () -> assertThat(problems(schema))
                        .anySatisfy(problem -> assertThat(problem).contains("default")));
    }

    @Test
    void nothing_is_ever_fetched() throws Exception {
        AtomicInteger asked = new AtomicInteger();
        HttpServer server = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
        server.createContext("/", exchange -> {
            asked.incrementAndGet();
            exchange.sendResponseHeaders(404, -1);
            exchange.close();
        });
        server.start();
        try {
            String there = "http://127.0.0.1:" + server.getAddress().getPort() + "/schema";

            assertThat(problems("{properties: {a: {$ref: '" + there + "', default: 1}}}"))
                    .hasSize(1);
            assertThat(problems("{$schema: '" + there + "'}")).hasSize(1);
            assertThat(problems(
                            "{$id: '" + there + "', properties: {a: {$ref: '#/$defs/b', default: 1}}, $defs: {b: {}}}"))
                    .isEmpty();
            assertThat(asked).hasValue(0);
        } finally {
            server.stop(0);
        }
    }

    @Test
    void a_value_is_told_where_it_breaks_the_schema() throws Exception {
        JsonNode schema = JSON.readTree(
                "{\"properties\": {\"list\": {\"items\": {\"type\": \"integer\"}}}, \"required\": [\"topic\"]}");

        assertThat(JsonSchema.of(schema).violations(JSON.readTree("{\"list\": [1, \"b\"]}")))
                .contains(new Violation(List.of("list", 1), "string found, integer expected"))
                .extracting(Violation::message)
                .anySatisfy(message -> assertThat(message).contains("'topic'"));
        assertThat(JsonSchema.of(schema).violations(JSON.readTree("{\"topic\": 1}")))
                .isEmpty();
    }

    private static List<String> problems(String schema) {
        Document document = Documents.read("f.yaml", schema);
        new SchemaCheck(document.problems()).check((Mapping) document.root());
        if (document.problems().size() == 0) {
            return List.of();
        }
        return catchThrowableOfType(
                        WorkflowFileException.class, () -> document.problems().check())
                .problems()
                .stream()
                .map(Object::toString)
                .toList();
    }
}
