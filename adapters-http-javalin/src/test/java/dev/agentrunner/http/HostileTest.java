package dev.agentrunner.http;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import net.jqwik.api.Arbitraries;
import net.jqwik.api.Arbitrary;
import net.jqwik.api.Example;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.Provide;
import net.jqwik.api.lifecycle.AfterContainer;
import net.jqwik.api.lifecycle.BeforeContainer;

class HostileTest {

    private static final String END = " HTTP/1.1\r\nHost: 127.0.0.1:PORT\r\nConnection: close\r\n\r\n";

    private static final String CONSOLE = "<title>agent-runner</title>";

    private static TestServer server;

    @BeforeContainer
    static void start() {
        server = TestServer.open();
    }

    @AfterContainer
    static void stop() {
        server.close();
    }

    private static String ask(String text) {
        String answer = Wire.ask(server.http.port(), text);
        String asked = text.substring(0, Math.min(text.length(), 300));
        assertThat(answer).as(asked).doesNotContain("\tat ", "Exception", "org.eclipse", "Jetty(", "HTTP/1.1 500");
        if (!answer.contains(CONSOLE)) {
            assertThat(answer).as(asked).doesNotContain("<html");
        }
        return answer;
    }

    private static String status(String answer) {
        return answer.length() < 12 ? answer : answer.substring(9, 12);
    }

    @Example
    void paths_that_lead_out_lead_nowhere() {
        for (String path : List.of(
                "/runs/../../etc/passwd",
                "/ui/../../../../etc/passwd",
                "/ui/..%2f..%2fopenapi.json",
                "/ui/%2e%2e/openapi.json",
                "/ui/%2e%2e%2fopenapi.json",
                "/ui/..;/openapi.json",
                "/ui/",
                "/ui/./index.html",
                "/ui//index.html",
                "/ui/%00",
                "/ui/index.html%00.js",
                "/ui/..%5c..%5cx",
                "/ui/package-info.class",
                "/ui/.hidden",
                "/runs/%2e%2e",
                "/runs/%00",
                "/runs/%zz",
                "/runs/%",
                "/runs/%ff%fe",
                "/runs/\u00ff",
                "/runs;x=y/abc",
                "//evil.example/runs/x",
                "/runs/a b",
                "/%",
                "/..")) {
            String answer = ask("GET " + path + END);
            assertThat(status(answer)).as(path + answer).isIn("400", "404", "200");
            assertThat(answer).doesNotContain("root:", "openapi\":");
            if (status(answer).equals("200")) {
                assertThat(path).isIn("/ui/", "/ui/./index.html");
            }
        }
        assertThat(ask("GET /ui/" + END)).startsWith("HTTP/1.1 200").contains(CONSOLE);
    }

    @Example
    void broken_requests_are_refused_in_the_usual_form() {
        for (String request : List.of(
                "GET /runs HTTP/1.1\r\n\r\n",
                "GET /runs HTTP/1.1\r\nHost: 127.0.0.1:PORT\r\nHost: 127.0.0.1:PORT\r\nConnection: close\r\n\r\n",
                "GET /runs HTTP/9.9\r\nHost: x\r\n\r\n",
                "GET\r\n\r\n",
                "\u0000\u0001\u0002\r\n\r\n",
                "GET /runs HTTP/1.1\r\nHost: 127.0.0.1:PORT\r\nBad Header: x\r\nConnection: close\r\n\r\n",
                "GET /runs HTTP/1.1\r\nHost: 127.0.0.1:PORT\r\n: x\r\nConnection: close\r\n\r\n",
                "POST /runs HTTP/1.1\r\nHost: 127.0.0.1:PORT\r\nContent-Length: x\r\nConnection: close\r\n\r\n",
                "POST /runs HTTP/1.1\r\nHost: 127.0.0.1:PORT\r\nContent-Length: -1\r\nConnection: close\r\n\r\n",
                "POST /runs HTTP/1.1\r\nHost: 127.0.0.1:PORT\r\nContent-Length: 1\r\nContent-Length: 2\r\n\r\nxx",
                "POST /runs HTTP/1.1\r\nHost: 127.0.0.1:PORT\r\nContent-Length: 4\r\nTransfer-Encoding: chunked\r\n\r\n0\r\n\r\n",
                "POST /runs HTTP/1.1\r\nHost: 127.0.0.1:PORT\r\nContent-Type: application/json\r\nConnection: close\r\n"
                        + "Transfer-Encoding: chunked\r\n\r\nzz\r\n")) {
            String answer = ask(request);
            assertThat(status(answer)).as(request + answer).isIn("400", "505");
            if (!answer.startsWith("HTTP/1.1 505")) {
                assertThat(answer).as(request).containsIgnoringCase("application/problem+json");
            }
        }
    }

    @Example
    void a_head_has_sixteen_kibibytes() {
        String fits = "GET /healthz HTTP/1.1\r\nHost: x\r\nX: " + "x".repeat(15_000) + "\r\nConnection: close\r\n\r\n";
        String many = "X-%d: x\r\n".repeat(3_000);

        assertThat(status(ask(fits))).isEqualTo("200");
        assertThat(status(ask("GET /healthz HTTP/1.1\r\nHost: x\r\nX: " + "x".repeat(17_000) + "\r\n\r\n")))
                .isEqualTo("431");
        assertThat(status(ask("GET /healthz HTTP/1.1\r\nHost: x\r\n" + many + "\r\n")))
                .isEqualTo("431");
        assertThat(status(ask("GET /" + "x".repeat(17_000) + " HTTP/1.1\r\nHost: x\r\n\r\n")))
                .isIn("414", "431");
    }

    @Example
    void other_hosts_are_misdirected() {
        for (String host : List.of(
                "evil.example", "evil.example:PORT", "127.0.0.1", "localhost:1", "127.0.0.1.evil:PORT", "[::2]:PORT")) {
            for (String path : List.of("/runs", "/ui/", "/openapi.json", "/nothing", "/readyz")) {
                String answer = ask("GET " + path + " HTTP/1.1\r\nHost: " + host + "\r\nConnection: close\r\n\r\n");
                assertThat(status(answer)).as(host + path).isEqualTo("421");
            }
            assertThat(status(ask("GET /healthz HTTP/1.1\r\nHost: " + host + "\r\nConnection: close\r\n\r\n")))
                    .isEqualTo("200");
        }
        for (String host : List.of("localhost:PORT", "LOCALHOST:PORT", "127.0.0.1:PORT", "[::1]:PORT")) {
            assertThat(status(ask("GET /runs HTTP/1.1\r\nHost: " + host + "\r\nConnection: close\r\n\r\n")))
                    .as(host)
                    .isEqualTo("200");
        }
        assertThat(status(ask("GET /runs HTTP/1.0\r\n\r\n"))).isEqualTo("421");
        assertThat(status(ask(
                        "GET http://evil.example/runs HTTP/1.1\r\nHost: 127.0.0.1:PORT\r\nConnection: close\r\n\r\n")))
                .isIn("400", "421");
    }

    @Example
    void unknown_and_odd_methods_do_no_harm() {
        Map<String, String> methods =
                Map.of("TRACE", "405", "CONNECT", "501", "FOO", "501", "get", "501", "G\u00ebT", "400");
        methods.forEach((method, status) -> {
            String answer = ask(method + " /runs" + END);
            assertThat(status(answer)).as(method + answer).isIn(status, "400", "501");
            assertThat(answer).as(method).containsIgnoringCase("problem+json");
        });
    }

    @Example
    void what_a_form_of_another_site_can_send_changes_nothing() {
        String body = "{\"workflow\": \"echo\"}";
        for (String type :
                List.of("text/plain", "application/x-www-form-urlencoded", "multipart/form-data; boundary=x")) {
            String answer = ask("POST /runs HTTP/1.1\r\nHost: 127.0.0.1:PORT\r\nOrigin: null\r\nContent-Type: " + type
                    + "\r\nContent-Length: " + body.length() + "\r\nConnection: close\r\n\r\n" + body);
            assertThat(status(answer)).as(type).isEqualTo("403");
        }
        assertThat(server.client().get("/runs?workflow=echo").json().path("items"))
                .isEmpty();
    }

    @Example
    void a_body_that_ends_too_early_does_not_hold_the_server_up() throws IOException {
        try (Wire wire = new Wire(server.http.port())) {
            wire.say("POST /runs HTTP/1.1\r\nHost: 127.0.0.1:PORT\r\nContent-Type: application/json\r\n"
                    + "Content-Length: 100\r\n\r\n{\"workflow\"");
        }
        assertThat(server.client().get("/runs").status()).isEqualTo(200);
    }

    @Example
    void many_connections_that_say_nothing_leave_room_for_others() throws IOException {
        List<Wire> silent = new ArrayList<>();
        try {
            for (int i = 0; i < 600; i++) {
                silent.add(new Wire(server.http.port()).say("GET /runs HTTP/1.1\r\nHost: "));
            }
            assertThat(server.client().get("/runs").status()).isEqualTo(200);
        } finally {
            for (Wire each : silent) {
                each.close();
            }
        }
    }

    @Property(tries = 150)
    void no_path_and_query_brings_the_server_down(@ForAll("targets") String target) {
        String answer = ask("GET /" + target + END);

        assertThat(status(answer)).isIn("200", "302", "400", "404", "405", "416");
    }

    @Provide
    Arbitrary<String> targets() {
        Arbitrary<String> odd = Arbitraries.of(
                "runs",
                "/",
                "..",
                ".",
                "%2e",
                "%2f",
                "%00",
                "%",
                "%ff",
                ";",
                "?",
                "&",
                "=",
                "limit",
                "cursor",
                "+",
                "status",
                "events",
                "artifacts",
                "download",
                "0193f2a4-7c1e-7b52-9d0e-3f1f6a2b9c10",
                "\\",
                "\"",
                "<",
                "é",
                "ui",
                "#",
                "%E2%82",
                "[",
                "after",
                "9999999999999999999999",
                "workflows",
                "{id}",
                "*");
        return odd.list().ofMinSize(1).ofMaxSize(8).map(parts -> String.join("", parts));
    }

    @Property(tries = 100)
    void no_body_brings_the_server_down(@ForAll("bodies") String body) {
        byte[] bytes = body.getBytes(StandardCharsets.UTF_8);
        Reply reply = server.client().post("/runs", bytes);

        assertThat(reply.status()).as(body).isIn(201, 400, 404, 422);
    }

    @Provide
    Arbitrary<String> bodies() {
        Arbitrary<String> odd = Arbitraries.of(
                "{",
                "}",
                "[",
                "]",
                ",",
                ":",
                "\"workflow\"",
                "\"echo\"",
                "\"input\"",
                "null",
                "1e400",
                "-0",
                "\"\\ud800\"",
                "\"labels\"",
                "\"options\"",
                "{}",
                "[]",
                "\"\\u0000\"",
                "true",
                "\u00e9",
                " ",
                "\"a\"",
                "0x1",
                "\"name\"");
        Arbitrary<String> noise = odd.list().ofMaxSize(12).map(parts -> String.join("", parts));
        Arbitrary<String> field = odd.map(value -> "{\"workflow\":\"echo\",\"name\":" + value + "}");
        return Arbitraries.oneOf(noise, field);
    }
}
