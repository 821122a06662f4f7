package dev.agentrunner.http;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.ByteArrayInputStream;
import java.net.http.HttpRequest.BodyPublishers;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;

@TestInstance(TestInstance.Lifecycle.PER_CLASS)
class BodiesTest {

    private final TestServer server = TestServer.open();
    private final ApiClient client = server.client();

    @AfterAll
    void stop() {
        server.close();
    }

    @Test
    void what_is_not_quite_json_is_malformed() {
        for (String body : List.of(
                "",
                " ",
                "{",
                "{\"workflow\": \"echo\"} x",
                "{\"workflow\": \"echo\"}{}",
                "{\"workflow\": \"echo\", \"workflow\": \"echo\"}",
                "{\"workflow\": \"echo\", \"input\": {\"a\": 1, \"a\": 1}}",
                "{'workflow': 'echo'}",
                "{\"workflow\": \"echo\", \"input\": NaN}",
                "{\"workflow\": \"echo\", \"input\": Infinity}",
                "{\"workflow\": \"echo\", \"input\": 01}",
                "{\"workflow\": \"echo\", \"input\": .5}",
                "{\"workflow\": \"echo\", \"input\": [1,]}",
                "{\"workflow\": \"echo\", \"input\": \"\\ud800\"}",
                "{\"workflow\": \"echo\", \"input\": {\"\\udc00\": 1}}",
                "{\"workflow\": \"echo\", \"input\": \"\u0001\"}",
                "{\"workflow\": \"echo\", /* no */ \"input\": 1}",
                "\ufeff{\"workflow\": \"echo\"}",
                "{\"workflow\": \"echo\", \"input\": " + "[".repeat(101) + "]".repeat(101) + "}",
                "{\"workflow\": \"echo\", \"input\": " + "[".repeat(1_000_000),
                "{\"workflow\": \"echo\", \"input\": " + "9".repeat(5_000) + "}")) {
            Reply reply = client.post("/runs", body);
            String what = body.length() < 100 ? body : body.substring(0, 100);
            assertThat(reply.status()).as(what).isEqualTo(400);
            assertThat(reply.code()).as(what).isEqualTo("malformed_json");
            assertThat(reply.text()).as(what).doesNotContain("com.fasterxml", "Exception", "StreamRead");
        }
    }

    @Test
    void bytes_that_are_no_utf_8_are_malformed() {
        byte[] latin = "{\"workflow\": \"\u00e9cho\"}".getBytes(StandardCharsets.ISO_8859_1);
        byte[] wide = "{\"workflow\": \"echo\"}".getBytes(StandardCharsets.UTF_16LE);

        assertThat(client.post("/runs", latin).code()).isEqualTo("malformed_json");
        assertThat(client.post("/runs", wide).code()).isEqualTo("malformed_json");
    }

    @Test
    void json_that_is_not_what_the_call_takes_is_invalid_and_says_where() {
        Map<String, String> wrong = Map.ofEntries(
                Map.entry("[]", ""),
                Map.entry("null", ""),
                Map.entry("{}", "/workflow"),
                Map.entry("{\"workflow\": null}", "/workflow"),
                Map.entry("{\"workflow\": \" \"}", "/workflow"),
                Map.entry("{\"workflow\": \"a\\u0000\"}", "/workflow"),
                Map.entry("{\"workflow\": \"echo\", \"unknown\": 1}", "/unknown"),
                Map.entry("{\"workflow\": \"echo\", \"a/b~c\": 1}", "/a~1b~0c"),
                Map.entry("{\"workflow\": \"echo\", \"name\": 1}", "/name"),
                Map.entry("{\"workflow\": \"echo\", \"name\": \"" + "n".repeat(201) + "\"}", "/name"),
                Map.entry("{\"workflow\": \"echo\", \"labels\": []}", "/labels"),
                Map.entry("{\"workflow\": \"echo\", \"labels\": {\"a\": 1}}", "/labels/a"),
                Map.entry(
                        "{\"workflow\": \"echo\", \"labels\": {\"" + "l".repeat(101) + "\": \"x\"}}",
                        "/labels/" + "l".repeat(101)),
                Map.entry("{\"workflow\": \"echo\", \"labels\": {\"l\": \"" + "x".repeat(101) + "\"}}", "/labels/l"),
                Map.entry("{\"workflow\": \"echo\", \"priority\": 1.5}", "/priority"),
                Map.entry("{\"workflow\": \"echo\", \"priority\": 99999999999}", "/priority"),
                Map.entry("{\"workflow\": \"echo\", \"queue\": \"" + "q".repeat(201) + "\"}", "/queue"),
                Map.entry(
                        "{\"workflow\": \"echo\", \"options\": {\"deadline_seconds\": 0}}",
                        "/options/deadline_seconds"),
                Map.entry("{\"workflow\": \"echo\", \"options\": {\"models\": {\"a\": 1}}}", "/options/models/a"),
                Map.entry("{\"workflow\": \"echo\", \"options\": {\"x\": 1}}", "/options/x"),
                Map.entry("{\"workflow\": \"echo\", \"input\": 1e999999999}", "/input"),
                Map.entry("{\"workflow\": \"echo\", \"input\": {\"a\": [1e-999999]}}", "/input/a/0"));

        wrong.forEach((body, pointer) -> {
            Reply reply = client.post("/runs", body);
            assertThat(reply.status()).as(body).isEqualTo(422);
            assertThat(reply.at("/errors/0/pointer")).as(body + reply).isEqualTo(pointer);
        });
    }

    @Test
    void a_body_says_that_it_is_json_in_utf_8() {
        String body = "{\"workflow\": \"echo\"}";
        assertThat(client.send("POST", "/runs", BodyPublishers.ofString(body), false)
                        .status())
                .as("no media type")
                .isEqualTo(415);
        for (String type : List.of(
                "text/plain",
                "application/x-www-form-urlencoded",
                "application/json; charset=latin1",
                "json",
                "application/jsonx")) {
            assertThat(client.with("Content-Type", type).post("/runs", body).status())
                    .as(type)
                    .isEqualTo(415);
        }
        for (String type : List.of("application/json", "Application/JSON; charset=\"UTF-8\"", "application/json;x=y")) {
            assertThat(client.with("Content-Type", type).post("/runs", body).status())
                    .as(type)
                    .isEqualTo(201);
        }
        assertThat(client.with("Content-Encoding", "gzip").post("/runs", body).status())
                .isEqualTo(415);
        assertThat(client.with("Content-Encoding", "identity")
                        .post("/runs", body)
                        .status())
                .isEqualTo(201);
    }

    @Test
    void a_body_of_more_than_ten_megabytes_is_too_large_however_it_comes() {
        byte[] large = ("{\"workflow\": \"echo\", \"input\": \"" + "x".repeat(10 << 20) + "\"}")
                .getBytes(StandardCharsets.UTF_8);
        byte[] fits = ("{\"workflow\": \"echo\", \"input\": \"" + "x".repeat((10 << 20) - 34) + "\"}")
                .getBytes(StandardCharsets.UTF_8);

        assertThat(client.post("/runs", large).status()).isEqualTo(413);
        Reply chunked =
                client.send("POST", "/runs", BodyPublishers.ofInputStream(() -> new ByteArrayInputStream(large)), true);
        assertThat(chunked.status()).isEqualTo(413);
        assertThat(fits).hasSizeLessThanOrEqualTo(10 << 20);
        assertThat(client.post("/runs", fits).status()).isEqualTo(201);
    }

    @Test
    void clients_that_would_not_read_the_answer_are_told_so() {
        for (String accept :
                List.of("text/html", "application/xml, text/*", "application/json;q=0", "*/*;q=0, image/png")) {
            assertThat(client.with("Accept", accept).get("/runs").status())
                    .as(accept)
                    .isEqualTo(406);
        }
        for (String accept : List.of("*/*", "application/*", "text/html, application/json;q=0.1", "APPLICATION/JSON")) {
            assertThat(client.with("Accept", accept).get("/runs").status())
                    .as(accept)
                    .isEqualTo(200);
        }
    }

    @Test
    void methods_that_a_path_does_not_take_are_named_with_those_that_it_does() {
        for (String method : List.of("PUT", "PATCH", "DELETE", "OPTIONS", "TRACE")) {
            if (method.equals("TRACE")) {
                continue; // the JDK's client sends none; see HostileTest
            }
            Reply reply = client.send(method, "/runs", BodyPublishers.noBody(), false);
            assertThat(reply.status()).as(method).isEqualTo(405);
            assertThat(reply.header("Allow")).as(method).isEqualTo("GET, HEAD, POST");
        }
        assertThat(client.post("/healthz").header("Allow")).isEqualTo("GET, HEAD");
        assertThat(client.get("/runs/x/cancel").status()).isEqualTo(405);
        assertThat(client.send("PROPFIND", "/runs", BodyPublishers.noBody(), false)
                        .status())
                .isEqualTo(501);
        assertThat(client.get("/nothing/here").code()).isEqualTo("not_found");
    }
}
