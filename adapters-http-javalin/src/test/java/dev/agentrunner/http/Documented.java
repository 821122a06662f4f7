package dev.agentrunner.http;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
import com.networknt.schema.Schema;
import com.networknt.schema.SchemaRegistry;
import com.networknt.schema.SpecificationVersion;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.util.LinkedHashMap;
import java.util.Locale;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;

/** The document that describes the API, and whether an answer is as it says. Objects may have no more than it names. */
final class Documented {

    static final JsonNode DOCUMENT = read();

    private static final Map<String, Schema> SCHEMAS = new ConcurrentHashMap<>();

    private Documented() {}

    private static JsonNode read() {
        try (InputStream in = Documented.class.getResourceAsStream("/dev/agentrunner/http/openapi.json")) {
            JsonNode document = new ObjectMapper().readTree(in);
            document.at("/components/schemas").forEach(Documented::close);
            return document;
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private static void close(JsonNode schema) {
        if (schema instanceof ObjectNode object
                && schema.path("type").asText().equals("object")
                && !schema.has("additionalProperties")) {
            object.put("additionalProperties", false);
        }
        schema.path("properties").forEach(Documented::close);
    }

    /** The template of a path. */
    static String template(String path) {
        String found = null;
        for (Map.Entry<String, JsonNode> each : DOCUMENT.path("paths").properties()) {
            String pattern = each.getKey().replace("{file}", ".+").replaceAll("\\{[a-z]+}", "[^/]*");
            boolean better =
                    found == null || (found.contains("{") && !each.getKey().contains("{"));
            found = path.matches(pattern) && better ? each.getKey() : found;
        }
        return found == null ? "" : found;
    }

    /** Fails if the answer is not as the document says. */
    static void check(String method, String path, Reply reply) {
        JsonNode operation = DOCUMENT.path("paths")
                .path(template(path.equals("/ui/") ? "/ui" : path))
                .path(method.equals("HEAD") ? "get" : method.toLowerCase(Locale.ROOT));
        boolean known = !operation.isMissingNode();
        JsonNode responses = known ? operation.path("responses") : fallback();
        String status = Integer.toString(reply.status());
        String what = method + " " + path + " answered " + reply;
        JsonNode response = deref(responses.has(status) ? responses.get(status) : responses.path("default"));
        assertThat(response.isMissingNode()).as(what).isFalse();
        if (!responses.has(status)) {
            assertThat(reply.status()).as("%s, which no document names", what).isGreaterThanOrEqualTo(400);
        }
        assertThat(reply.header("X-Content-Type-Options")).as(what).isEqualTo("nosniff");
        assertThat(reply.header("Content-Security-Policy")).as(what).contains("default-src 'none'");
        assertThat(reply.header("Server")).as(what).isEmpty();
        content(method, response.path("content"), reply, what);
    }

    private static JsonNode fallback() {
        return new ObjectMapper().createObjectNode().set("default", DOCUMENT.at("/components/responses/Problem"));
    }

    private static void content(String method, JsonNode contents, Reply reply, String what) {
        if (contents.isMissingNode() || contents.isEmpty()) {
            assertThat(reply.bytes()).as(what).isEmpty();
            return;
        }
        if (method.equals("HEAD")) {
            return;
        }
        String type = reply.header("Content-Type").replaceFirst(";.*", "");
        JsonNode content = contents.has(type) ? contents.get(type) : contents.path("*/*");
        assertThat(content.isMissingNode())
                .as("%s: the media type is not documented", what)
                .isFalse();
        if (type.endsWith("json") && contents.has(type)) {
            Schema schema = SCHEMAS.computeIfAbsent(content.path("schema").toString(), Documented::schema);
            assertThat(schema.validate(reply.json())).as(what).isEmpty();
        }
    }

    private static Schema schema(String text) {
        try {
            ObjectNode schema = (ObjectNode) new ObjectMapper().readTree(text);
            schema.set("components", DOCUMENT.path("components"));
            return SchemaRegistry.withDefaultDialect(SpecificationVersion.DRAFT_2020_12)
                    .getSchema(schema);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private static JsonNode deref(JsonNode node) {
        return node.has("$ref") ? DOCUMENT.at(node.get("$ref").asText().substring(1)) : node;
    }

    /** All operations, as {@code GET /runs}. */
    static Map<String, JsonNode> operations() {
        Map<String, JsonNode> all = new LinkedHashMap<>();
        DOCUMENT.path("paths")
                .properties()
                .forEach(path -> path.getValue().properties().forEach(each -> {
                    if (each.getValue().has("responses")) {
                        all.put(each.getKey().toUpperCase(Locale.ROOT) + " " + path.getKey(), each.getValue());
                    }
                }));
        return all;
    }
}
