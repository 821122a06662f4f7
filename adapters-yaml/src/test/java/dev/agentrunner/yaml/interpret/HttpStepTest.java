package dev.agentrunner.yaml.interpret;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import dev.agentrunner.client.RunHandle;
import dev.agentrunner.spi.model.Failure;
import dev.agentrunner.spi.model.Json;
import dev.agentrunner.yaml.TestHost;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class HttpStepTest {

    @TempDir
    Path folder;

    private TestHost host;
    private FakeServer server;

    @BeforeEach
    void start() throws Exception {
        host = new TestHost(folder);
        server = new FakeServer();
    }

    @AfterEach
    void close() {
        host.close();
        server.close();
    }

    /** A workflow with one step; the keys are those of {@code http}, and of the step after a bar. */
    private String workflow(String keys) {
        String[] parts = keys.split("\\|");
        return host.workflow("steps:\n  - { name: s, " + (parts.length > 1 ? parts[1] + ", " : "") + "http: { "
                + parts[0].replace("URL", server.url()) + " } }\n");
    }

    private JsonNode result(String keys) throws InterruptedException {
        return new Json(host.output(host.submit(workflow(keys), "{}"))).tree();
    }

    @Test
    void an_answer_has_status_headers_and_body() throws Exception {
        List<String> all = List.of("json", "badjson", "text", "most");
        List<JsonNode> answers = new ArrayList<>();
        List<RunHandle> runs = new ArrayList<>();
        List<String> names =
                all.stream().map(each -> workflow("url: URL/" + each)).toList();
        names.forEach(each -> runs.add(host.submit(each, "{}")));
        for (RunHandle run : runs) {
            answers.add(new Json(host.output(run)).tree());
        }

        assertThat(answers.get(0).get("body").toString()).isEqualTo("{\"a\":[1]}");
        assertThat(answers.get(0).get("status").intValue()).isEqualTo(200);
        assertThat(answers.get(0).get("headers").get("x-twice").textValue()).isEqualTo("1, 2");
        assertThat(List.copyOf(answers.get(0).properties()).stream().map(Map.Entry::getKey))
                .containsExactly("status", "headers", "body");
        assertThat(answers.get(1).get("body").textValue()).isEqualTo("{oops");
        assertThat(answers.get(2).get("body").textValue()).isEqualTo("{\"a\":1} ä");
        assertThat(answers.get(3).get("body").textValue()).hasSize(10 << 20);
    }

    @Test
    void a_request_says_what_the_step_says() throws Exception {
        Map<String, String> requests = new LinkedHashMap<>();
        requests.put("url: URL/text", "GET /text null null null ");
        requests.put(
                "url: 'URL/text?q={{ $encodeUrlComponent(\"a b\") }}', method: DELETE",
                "DELETE /text?q=a%20b null null null ");
        requests.put("url: URL/text, method: POST, body: 'a {{ 1 + 1 }}'", "POST /text null null null a 2");
        requests.put(
                "url: URL/text, method: PUT, body: { n: '{{ [1] }}' }",
                "PUT /text application/json null null {\"n\":[1]}");
        requests.put(
                "url: URL/text, method: POST, body: [], headers: { Content-Type: text/x, X-Test: '{{ 1 }}' }",
                "POST /text text/x 1 null []");
        requests.put("url: URL/text, method: POST, body: '{{ null }}'", "POST /text application/json null null ");
        List<String> names = requests.keySet().stream().map(this::workflow).toList();
        for (String name : names) {
            host.output(host.submit(name, "{}"));
        }

        assertThat(server.asked).containsExactlyElementsOf(requests.values());
    }

    @Test
    void what_asking_again_cannot_mend_fails_at_once_and_anything_else_is_asked_again() throws Exception {
        Map<String, String> all = new LinkedHashMap<>();
        all.put("url: URL/404", "http_status 1");
        all.put("url: URL/429", "http_status 2");
        all.put("url: URL/503", "http_status 2");
        all.put("url: URL/large", "too_large 1");
        all.put("url: 'http://127.0.0.1:1/'", "connection 2");
        all.put("url: '{{ \"ftp://127.0.0.1/\" }}'", "bad_request 1");
        all.put("url: '{{ \"no url\" }}'", "bad_request 1");
        all.put("url: '{{ null }}'", "bad_request 1");
        all.put("url: URL/text, headers: { X-Test: '{{ \"a\\nb\" }}' }", "bad_request 1");
        all.put("url: URL/text, headers: { Host: x }", "bad_request 1");
        Map<String, String> names = new LinkedHashMap<>();
        all.keySet().forEach(each -> names.put(each, workflow(each + "| retry: { attempts: 2, backoff: 1ms }")));
        assertThat(host.workflows().problems()).isEmpty();

        names.forEach((keys, name) -> {
            RunHandle run = host.submit(name, "{}");
            Failure failure = TestHost.failure(run);
            String attempts = host.steps(run).get(0).replaceFirst(".* ", "");
            assertThat(failure.kind() + " " + attempts).as(keys).isEqualTo(all.get(keys));
        });
    }

    @Test
    void a_server_that_recovers_is_asked_until_it_does() throws Exception {
        RunHandle run = host.submit(
                workflow("url: 'URL/503,500,201'| retry: { attempts: 3, backoff: 1ms }, artifact: a.txt"), "{}");

        assertThat(host.output(run)).contains("\"status\":201", "\"body\":\"said 201\"");
        assertThat(host.steps(run)).containsExactly("s http COMPLETED 3");
        assertThat(host.artifact(run, "a.txt")).isEqualTo("said 201");
    }

    @Test
    void any_status_is_fine_if_the_step_says_so() throws Exception {
        assertThat(result("url: URL/500, allow_failure: true").get("status").intValue())
                .isEqualTo(500);
    }

    @Test
    void a_server_that_stalls_in_the_body_or_says_nothing_is_left_at_the_timeout() throws Exception {
        for (String head : List.of("HTTP/1.1 200 OK\r\nContent-Length: 10\r\n\r\nabc", "")) {
            try (ServerSocket raw = new ServerSocket(0, 5, InetAddress.getLoopbackAddress());
                    TestHost stalled = new TestHost(folder.resolve("h" + head.length()))) {
                CompletableFuture<Integer> client = CompletableFuture.supplyAsync(() -> {
                    try (Socket socket = raw.accept()) {
                        socket.getOutputStream().write(head.getBytes(StandardCharsets.US_ASCII));
                        socket.getOutputStream().flush();
                        int read = 0;
                        while (read >= 0) {
                            read = socket.getInputStream().read();
                        }
                        return read;
                    } catch (java.io.IOException e) {
                        return -1;
                    }
                });
                String url = "http://127.0.0.1:" + raw.getLocalPort();
                Failure failure =
                        stalled.failure("steps: [ { name: s, timeout: 300ms, http: { url: '" + url + "' } } ]\n");

                assertThat(failure.kind()).isEqualTo("timeout");
                assertThat(client).as("the connection is closed").succeedsWithin(TestHost.SOON);
            }
        }
    }
}
