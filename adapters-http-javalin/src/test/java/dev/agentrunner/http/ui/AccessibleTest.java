package dev.agentrunner.http.ui;

import static com.microsoft.playwright.assertions.PlaywrightAssertions.assertThat;
import static org.assertj.core.api.Assertions.assertThat;

import com.microsoft.playwright.Browser.NewContextOptions;
import com.microsoft.playwright.options.ColorScheme;
import dev.agentrunner.client.RunHandle;
import dev.agentrunner.spi.llm.Usage;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** axe, with the rules of WCAG 2.2 AA and its best practices, over every view; and nothing wider than the window. */
class AccessibleTest {

    private static final String LOOK = """
        () => axe.run(document, { runOnly: ['wcag2a','wcag2aa','wcag21a','wcag21aa','wcag22aa','best-practice'] })
          .then(r => r.violations.map(v => v.id + ': ' + v.nodes.map(n => n.html).slice(0, 3).join(' ')))\
        """;

    private static Chromium chromium;
    private static ConsoleServer server;
    private static final Map<String, String> views = new LinkedHashMap<>();

    @BeforeAll
    static void open() throws Exception {
        chromium = Chromium.launch();
        server = ConsoleServer.start();
        RunHandle failed = server.submit("failing", "{}");
        failed.awaitEnd(Duration.ofSeconds(30));
        RunHandle waiting = server.submit("waiter", "{}");
        RunHandle asking = server.submit("review", "{\"topic\":\"Locks\"}");
        StagedModel.Call answered = server.model.next();
        answered.says("# Locks\n\nUse **one**.");
        answered.ends(new Usage(10, 20));
        RunHandle talking = server.submit("review", "{\"topic\":\"Queues\"}");
        server.model.next().says("Half of it");
        views.put("/runs", ".run-row");
        views.put("/runs?q=nowhere", ".blank");
        views.put("/runs/unknown", ".blank");
        views.put("/runs/" + failed.id(), ".panel .message");
        views.put("/runs/" + waiting.id(), ".lanes");
        views.put("/runs/" + asking.id(), ".panel textarea");
        views.put("/runs/" + talking.id(), ".step-output");
        for (String tab : List.of("events?event=2", "output", "artifacts", "values", "family")) {
            views.put("/runs/" + asking.id() + "/" + tab, "main .mono");
        }
        views.put("/start", ".choices");
        views.put("/start/review", ".field");
        views.put("/workflows", ".table");
        views.put("/workflows/review", ".outline");
        views.put("/nodes", ".table");
        views.put("/providers", ".models");
        views.put("/nowhere", ".blank");
    }

    @AfterAll
    static void close() throws Exception {
        if (chromium != null) {
            chromium.close();
            server.close();
        }
    }

    @ParameterizedTest
    @CsvSource({"1280, LIGHT", "1280, DARK", "360, LIGHT"})
    void axe_finds_nothing_in_any_view(int width, ColorScheme colors) throws Exception {
        String axe;
        try (InputStream in = AccessibleTest.class.getResourceAsStream("/axe.min.js")) {
            axe = new String(in.readAllBytes(), StandardCharsets.UTF_8);
        }
        NewContextOptions options = new NewContextOptions()
                .setViewportSize(width, 800)
                .setColorScheme(colors)
                .setBypassCSP(true);
        try (Screen screen = Screen.open(chromium, server.base(), options)) {
            for (Map.Entry<String, String> view : views.entrySet()) {
                screen.go(view.getKey());
                assertThat(screen.see(view.getValue())).isVisible();
                screen.page.evaluate(axe);
                assertThat((List<?>) screen.page.evaluate(LOOK))
                        .as(view.getKey())
                        .isEmpty();
                assertThat(screen.page.evaluate("document.documentElement.scrollWidth <= innerWidth"))
                        .as(view.getKey() + " fits")
                        .isEqualTo(true);
            }
            for (String key : List.of("?", "Control+k")) {
                screen.page.keyboard().press(key);
                assertThat(screen.see("dialog")).isVisible();
                assertThat((List<?>) screen.page.evaluate(LOOK))
                        .as("dialog of " + key)
                        .isEmpty();
                screen.page.keyboard().press("Escape");
                assertThat(screen.page.locator("dialog")).hasCount(0);
            }
        }
    }
}
