package dev.agentrunner.http.ui;

import static com.microsoft.playwright.assertions.PlaywrightAssertions.assertThat;
import static org.assertj.core.api.Assertions.assertThat;

import com.microsoft.playwright.ElementHandle;
import dev.agentrunner.client.RunHandle;
import dev.agentrunner.client.SubmitOptions;
import dev.agentrunner.spi.catalog.ArtifactView;
import dev.agentrunner.spi.model.Json;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;

class HostileContentTest {

    @Test
    void what_runs_say_is_text_wherever_it_is_shown() throws Exception {
        try (Chromium chromium = Chromium.launch();
                ConsoleServer server = ConsoleServer.start();
                Screen screen = Screen.open(chromium, server.base())) {
            RunHandle run = server.runner.submit(
                    "hostile",
                    new Json("{}"),
                    SubmitOptions.DEFAULT.named(Shown.HOSTILE).labels(Map.of("x", "<script>window.pwned=1</script>")));
            String page = "/runs/" + run.id();
            for (String view : List.of(
                    "/runs",
                    page,
                    page + "/events?event=1",
                    page + "/output",
                    page + "/values",
                    page + "/family",
                    "/workflows",
                    "/workflows/hostile",
                    "/start/hostile",
                    "/runs?q=%3Cscript%3E",
                    "/runs/%3Cscript%3E",
                    "/workflows/%3Cimg%20src=x%3E")) {
                screen.go(view);
                assertThat(screen.see("main h1, main h2")).isAttached();
                isInert(screen);
            }
            screen.go(page);
            assertThat(screen.status()).hasText("failed");
            assertThat(screen.see(".panel .message")).containsText(Shown.HOSTILE);

            for (ArtifactView artifact : server.runner.store().catalog().artifacts(run.id())) {
                screen.go(page + "/artifacts?artifact=" + artifact.artifact().id());
                assertThat(screen.see(".artifact h2"))
                        .hasText(artifact.artifact().name());
                assertThat(screen.see(".artifact pre, .artifact img, .artifact .markdown"))
                        .isVisible();
                isInert(screen);
            }
            screen.isClean(404);
        }
    }

    @Test
    void markdown_links_only_to_web_pages_and_fetches_no_image() throws Exception {
        try (Chromium chromium = Chromium.launch();
                ConsoleServer server = ConsoleServer.start();
                Screen screen = Screen.open(chromium, server.base())) {
            RunHandle run = server.submit("hostile", "{}");
            screen.go("/runs/" + run.id() + "/artifacts");
            screen.button("text.md").click();
            assertThat(screen.see(".markdown")).containsText("[image: pixel]");
            List<String> targets = screen.page.querySelectorAll(".markdown a").stream()
                    .map(link -> link.getAttribute("href"))
                    .toList();
            assertThat(targets).containsExactly("https://example.org/");
            List<ElementHandle> active = screen.page.querySelectorAll(
                    ".markdown script, .markdown iframe, .markdown img, .markdown svg, .markdown style, [onload],"
                            + " [onerror]");
            assertThat(active).isEmpty();
            screen.isClean();
        }
    }

    private static void isInert(Screen screen) {
        assertThat(screen.page.evaluate("window.pwned === undefined")).isEqualTo(true);
        assertThat(screen.page.querySelectorAll("main script, main iframe, main [onerror]"))
                .isEmpty();
    }
}
