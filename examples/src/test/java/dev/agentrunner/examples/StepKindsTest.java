package dev.agentrunner.examples;

import static org.assertj.core.api.Assertions.assertThat;

import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpServer;
import dev.agentrunner.client.RunHandle;
import dev.agentrunner.client.WorkflowInfo;
import dev.agentrunner.spi.model.Actor;
import dev.agentrunner.spi.model.Waiting;
import java.io.IOException;
import java.net.InetSocketAddress;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Every step kind has a file of its own in {@code examples/workflows}, and each does what it says. */
class StepKindsTest {

    @TempDir
    Path folder;

    private WorkflowFiles files;

    @BeforeEach
    void start() {
        files = new WorkflowFiles(
                folder,
                new Parrot(request -> request.format() == null
                        ? "Servers end. {{ $error('evaluated') }}"
                        : "{\"claims\": [\"Servers end\"]}"));
    }

    @AfterEach
    void close() {
        files.close();
    }

    @Test
    void every_file_is_loaded_and_run_here() throws Exception {
        try (Stream<Path> all = Files.list(WorkflowFiles.folder())) {
            assertThat(files.runner.workflows().stream()
                            .filter(each -> each.source().equals("yaml"))
                            .map(each -> each.ref().name() + ".yaml"))
                    .containsExactlyInAnyOrderElementsOf(
                            all.map(each -> each.getFileName().toString()).toList());
        }
        WorkflowInfo each = files.runner.workflows().stream()
                .filter(info -> info.ref().name().equals("foreach"))
                .findFirst()
                .orElseThrow();
        assertThat(each.steps().get(0).steps()).extracting(step -> step.kind()).containsExactly("shell", "shell");
        assertThat(each.definition()).contains("name: foreach");
        assertThat(each.inputSchema().text()).contains("\"default\":[\"Ada\"");
    }

    @Test
    void llm() throws Exception {
        RunHandle run = files.submit("llm", "{}");

        assertThat(files.output(run)).isEqualTo("{\"claims\":1,\"tokens\":10}");
        assertThat(files.artifact(run, "DRAFT.md"))
                .as("what a model says is never evaluated")
                .isEqualTo("Servers end. {{ $error('evaluated') }}");
    }

    @Test
    void shell() throws Exception {
        RunHandle run = files.submit("shell", "{}");

        assertThat(files.output(run)).isEqualTo("{\"said\":\"Hello, World!\",\"code\":3,\"mood\":\"cheerful\"}");
        assertThat(files.artifact(run, "greeting.txt")).isEqualTo("Hello, World!");
        assertThat(files.artifact(run, "script.stderr.log")).isEqualTo("cheerful\n");
        assertThat(files.workspace(run).resolve("length.txt")).hasContent("in 37 characters");
    }

    @Test
    void http() throws Exception {
        AtomicInteger asked = new AtomicInteger();
        HttpServer server = HttpServer.create(new InetSocketAddress("127.0.0.1", 0), 0);
        server.createContext(
                "/status",
                exchange -> answer(exchange, asked.incrementAndGet() < 3 ? 503 : 200, "{\"state\": \"green\"}"));
        server.createContext("/report", exchange -> {
            String body = new String(exchange.getRequestBody().readAllBytes(), StandardCharsets.UTF_8);
            answer(exchange, body.equals("{\"seen\":\"green\"}") ? 201 : 400, "");
        });
        server.start();
        try {
            String input =
                    "{\"server\": \"http://127.0.0.1:" + server.getAddress().getPort() + "\"}";
            assertThat(files.output("http", input)).isEqualTo("{\"state\":\"green\",\"reported\":201,\"missing\":404}");
            assertThat(asked).hasValue(3);
        } finally {
            server.stop(0);
        }
    }

    private static void answer(HttpExchange exchange, int status, String body) throws IOException {
        exchange.getResponseHeaders().add("Content-Type", "application/json");
        byte[] bytes = body.getBytes(StandardCharsets.UTF_8);
        exchange.sendResponseHeaders(status, bytes.length == 0 ? -1 : bytes.length);
        exchange.getResponseBody().write(bytes);
        exchange.close();
    }

    @Test
    void approval() throws Exception {
        RunHandle yes = files.submit("approval", "{}");
        RunHandle no = files.submit("approval", "{}");
        for (RunHandle each : List.of(yes, no)) {
            WorkflowFiles.eventually(() -> files.runner
                            .store()
                            .catalog()
                            .run(each.id())
                            .orElseThrow()
                            .state()
                            .waiting()
                    == Waiting.APPROVAL);
        }
        files.runner
                .as(Actor.user("ada"))
                .handle(yes.id())
                .signal("approval.gate", Map.of("approved", true, "comment", "go"));
        no.signal("approval.gate", Map.of("approved", false));

        assertThat(files.output(yes)).isEqualTo("{\"published\":true,\"by\":\"user:ada\",\"comment\":\"go\"}");
        assertThat(files.output(no)).contains("\"published\":false");
        assertThat(files.steps(no)).containsExactly("gate approval COMPLETED", "publish write_files SKIPPED");
        assertThat(files.workspace(yes).resolve("out/text.md")).hasContent("Graceful shutdown");
    }

    @Test
    void sleep() throws Exception {
        RunHandle run = files.submit("sleep", "{\"pause\": \"30ms\"}");

        assertThat(files.output(run)).isEqualTo("{\"rested\":\"30ms\"}");
        assertThat(files.steps(run)).containsExactly("rest sleep COMPLETED");
    }

    @Test
    void write_files() throws Exception {
        assertThat(files.output("write-files", "{}"))
                .isEqualTo("{\"files\":[\"./docs/notes.md\",\"./src/a.txt\",\"./src/b.txt\",\"./src/c.txt\"],"
                        + "\"sizes\":[1,1]}");
    }

    @Test
    void foreach() throws Exception {
        RunHandle run = files.submit("foreach", "{}");

        assertThat(files.output(run)).isEqualTo("{\"said\":[\"HELLO, ADA!\",\"HELLO, GRACE!\",\"HELLO, EDSGER!\"]}");
        assertThat(files.steps(run))
                .contains("greet map COMPLETED", "greet[0]/say shell COMPLETED", "greet[2]/shout shell COMPLETED");
    }

    @Test
    void parallel() throws Exception {
        RunHandle run = files.submit("parallel", "{}");

        assertThat(files.output(run)).isEqualTo("{\"left\":\"left\",\"right\":\"right\"}");
        assertThat(files.steps(run)).contains("both.left/user shell COMPLETED", "both.right/wait sleep COMPLETED");
    }

    @Test
    void run() throws Exception {
        assertThat(files.output("run", "{}")).isEqualTo("{\"files\":1,\"bytes\":5}");
    }
}
