package dev.agentrunner.examples.serve;

import static com.microsoft.playwright.assertions.PlaywrightAssertions.assertThat;
import static org.assertj.core.api.Assertions.assertThat;

import com.microsoft.playwright.Locator;
import com.microsoft.playwright.Page.GetByLabelOptions;
import dev.agentrunner.examples.demo.Demo;
import dev.agentrunner.http.ui.Chromium;
import dev.agentrunner.http.ui.Screen;
import dev.agentrunner.llm.scripted.Cassette;
import dev.agentrunner.ollama.fake.ChatLines;
import dev.agentrunner.ollama.fake.FakeOllama;
import dev.agentrunner.ollama.fake.Gate;
import dev.agentrunner.ollama.fake.Reply;
import dev.agentrunner.ollama.fake.Request;
import dev.agentrunner.spi.llm.Delta;
import java.io.InputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/** A person, the console, the server, a slow model, and a stand-in for Maven; {@code DemoTest} runs the real one. */
@Tag("once")
@Timeout(180)
class WatchedRunTest {

    private static final String WORKFLOW = "quarkus-bootstrap-v1";
    private static final int AT_FIRST = 5;
    private static final String MAVEN = """
            #!/bin/sh
            echo "building with $*"
            mkdir -p target/surefire-reports
            echo 'Tests run: 6, Failures: 0' | tee target/surefire-reports/all.txt
            """;

    /** What is said before a page listens is not shown live, so the planner speaks once it does. */
    private final Gate listening = new Gate();

    private final Gate planner = new Gate();
    private final Gate coder = new Gate();
    private final Gate listeningAgain = new Gate();

    @TempDir
    Path folder;

    @Test
    void a_person_starts_a_run_watches_it_live_finds_what_came_of_it_and_cancels_the_next_one() throws Exception {
        Files.writeString(folder.resolve("maven"), MAVEN);
        assertThat(folder.resolve("maven").toFile().setExecutable(true)).isTrue();
        try (Chromium chromium = Chromium.launch();
                FakeOllama ollama = FakeOllama.start();
                Program program = Program.serve(folder, ollama.uri().toString(), "--port", "0");
                Screen screen = Screen.open(chromium, program.url());
                Pictures pictures = Pictures.of(chromium, program.url())) {
            ollama.nextChat(answer(0, listening, planner));
            ollama.nextChat(answer(1, planner, coder));
            ollama.nextChat(answer(0, listeningAgain, new Gate()));
            screen.page.navigate(program.url() + "ui/");
            assertThat(screen.heading("No run yet")).isVisible();

            start(screen);
            assertThat(screen.badge()).hasText("live");
            listening.open();
            assertThat(text(screen)).containsText("# Plan: book catalogue");
            assertThat(screen.see(".step-panel .pill")).hasText("running");
            String run = screen.page.url().replaceFirst(".*#", "");
            pictures.watch(run, ".badge[data-state=live]");
            planner.open();
            assertThat(text(screen)).containsText("=== FILE: README.md ===");
            pictures.take("run-live", run, ".step-output [aria-label=text]");
            coder.open();

            assertThat(screen.status()).hasText("completed");
            assertThat(screen.badge()).hasText("ended");
            screen.link("Artifacts").click();
            screen.button("PLAN.md").click();
            assertThat(screen.see(".artifact .md-h1")).containsText("Plan: book catalogue");
            screen.button("build.log").click();
            assertThat(screen.see(".artifact pre")).hasText("building with -B -ntp test\nTests run: 6, Failures: 0\n");
            screen.button("project.tar.gz").click();
            screen.button("pom.xml").click();
            assertThat(screen.see(".artifact pre")).containsText("<artifactId>");
            pictures.take("run-completed", run, ".lanes");
            pictures.take("run-artifacts", run + "/artifacts", ".artifact .archive");

            start(screen);
            assertThat(screen.badge()).hasText("live");
            listeningAgain.open();
            assertThat(text(screen)).containsText("# Plan: book catalogue");
            screen.button("Cancel").click();
            screen.page.getByLabel("Reason").fill("Seen enough");
            screen.button("Cancel the run").click();
            assertThat(screen.status()).hasText("canceled");
            assertThat(screen.badge()).hasText("ended");
            nthChat(ollama, 3).awaitGone();
            pictures.take("runs", "/runs", ".run-row");
            pictures.take("start", "/start/" + WORKFLOW, "form.start");
            screen.isClean();
        }
    }

    private void start(Screen screen) {
        screen.go("/start");
        screen.link(WORKFLOW).click();
        screen.page
                .getByLabel("maven 1", new GetByLabelOptions().setExact(true))
                .fill(folder.resolve("maven").toString());
        screen.button("Start the run").click();
    }

    /** What the model says, as it is shown. */
    private static Locator text(Screen screen) {
        return screen.see(".step-output [aria-label=text]");
    }

    private static Request nthChat(FakeOllama ollama, int nth) {
        Request request = ollama.takeRequest();
        for (int left = nth; !request.path().equals("/api/chat") || --left > 0; ) {
            request = ollama.takeRequest();
        }
        return request;
    }

    /** The demo's answer to a prompt: its beginning comes once a gate is open, the rest after another. */
    private static Reply answer(int nth, Gate beginning, Gate rest) throws Exception {
        try (InputStream in = Demo.class.getResourceAsStream(WORKFLOW + ".cassette.json")) {
            List<String> lines = Cassette.read(in).interactions().get(nth).chunks().stream()
                    .map(chunk -> ChatLines.text(((Delta.Text) chunk.delta()).text()))
                    .toList();
            return Reply.ok()
                    .stall(beginning)
                    .lines(lines.subList(0, AT_FIRST).toArray(String[]::new))
                    .stall(rest)
                    .lines(lines.subList(AT_FIRST, lines.size()).toArray(String[]::new))
                    .lines(ChatLines.done("stop", 900, 1_200));
        }
    }
}
