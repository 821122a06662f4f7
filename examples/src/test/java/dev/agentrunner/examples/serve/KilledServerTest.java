package dev.agentrunner.examples.serve;

import static com.microsoft.playwright.assertions.PlaywrightAssertions.assertThat;
import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.microsoft.playwright.assertions.LocatorAssertions.HasTextOptions;
import dev.agentrunner.client.SubmitOptions;
import dev.agentrunner.http.ui.Chromium;
import dev.agentrunner.http.ui.Screen;
import dev.agentrunner.server.client.Backend;
import dev.agentrunner.server.client.HttpBackend;
import dev.agentrunner.spi.model.Json;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/** Whoever follows a run does not notice, but for the pause, that the server was killed. */
@Tag("once")
@Timeout(180)
class KilledServerTest {

    private static final String NOBODY = "127.0.0.1:1";
    private static final int ENOUGH = 60;
    private static final double PATIENCE_MS = 90_000;
    private static final String MANY_STEPS = """
            name: many-steps
            version: "1"
            description: Waits for a file, and then takes many steps
            input:
              type: object
              properties: { go: { type: string } }
            steps:
              - name: start
                shell:
                  run: until [ -e "$GO" ]; do sleep 0.1; done
                  env: { GO: "{{ input.go }}" }
              - name: count
                foreach: { items: "{{ [1..60] }}", as: number, concurrency: 4 }
                steps:
                  - name: say
                    shell: { run: [echo, "{{ number }}"] }
            """;

    @TempDir
    Path folder;

    @Test
    void a_browser_and_curl_go_on_where_they_were_after_kill_9() throws Exception {
        Files.writeString(Files.createDirectory(folder.resolve("workflows")).resolve("many-steps.yaml"), MANY_STEPS);
        try (Chromium chromium = Chromium.launch();
                Program first = serve("0");
                Screen screen = Screen.open(chromium, first.url())) {
            String run = submit(first.url());
            URI stream = first.url().resolve("runs/" + run + "/events/stream");
            try (CurlStream curl = CurlStream.follow(stream, folder, ENOUGH)) {
                screen.go("/runs/" + run + "/events");
                assertThat(screen.badge()).hasText("live");
                assertThat(screen.see(".event")).isVisible();

                Files.createFile(folder.resolve("go"));
                curl.awaitEnough();
                first.kill();
                assertThat(screen.badge()).containsText("reconnecting");

                try (Program second = serve(Integer.toString(first.url().getPort()))) {
                    assertThat(screen.status()).hasText("completed", new HasTextOptions().setTimeout(PATIENCE_MS));
                    assertThat(screen.badge()).hasText("ended");
                    List<JsonNode> log = log(second.url(), run);

                    assertThat(log)
                            .extracting(event -> event.path("type").asText())
                            .contains("RUN_RECOVERED");
                    assertThat(seqs(log)).containsExactlyElementsOf(upTo(log.size()));
                    assertThat(seqs(curl.all())).containsExactlyElementsOf(upTo(log.size()));
                    assertThat(curl.all()).isEqualTo(log);
                    assertThat(curl.connections()).isGreaterThanOrEqualTo(3); // before, after, and after the end
                    assertThat(shown(screen, log.size())).containsExactlyElementsOf(upTo(log.size()));
                }
            }
        }
    }

    private Program serve(String port) throws Exception {
        return Program.serve(
                folder,
                NOBODY,
                "--port",
                port,
                "--workflows",
                "workflows",
                "--node-heartbeat",
                "1s",
                "--node-timeout",
                "4s");
    }

    private String submit(URI url) {
        Json input = Json.parse("{\"go\": \"" + folder.resolve("go") + "\"}");
        try (Backend backend = HttpBackend.at(url.toString(), "")) {
            return backend.commands()
                    .submit("many-steps", input, SubmitOptions.DEFAULT)
                    .path("id")
                    .asText();
        }
    }

    private static List<JsonNode> log(URI url, String run) {
        List<JsonNode> log = new ArrayList<>();
        try (Backend backend = HttpBackend.at(url.toString(), "")) {
            JsonNode page;
            do {
                page = backend.reads().events(run, log.size(), 200);
                page.path("items").forEach(log::add);
            } while (log.size() < page.path("head").asInt());
        }
        return log;
    }

    /** The numbers of all rows, on a screen so high that all are in view. */
    private static List<String> shown(Screen screen, int events) {
        screen.page.setViewportSize(1280, 600 + 28 * events);
        assertThat(screen.page.locator(".event-seq")).hasCount(events);
        return screen.page.locator(".event-seq").allTextContents();
    }

    private static List<String> seqs(List<JsonNode> events) {
        return events.stream().map(event -> event.path("seq").asText()).toList();
    }

    private static List<String> upTo(int last) {
        return IntStream.rangeClosed(1, last).mapToObj(Integer::toString).toList();
    }
}
