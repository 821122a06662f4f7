package dev.agentrunner.http.ui;

import static com.microsoft.playwright.assertions.PlaywrightAssertions.assertThat;
import static org.assertj.core.api.Assertions.assertThat;

import dev.agentrunner.client.RunHandle;
import org.junit.jupiter.api.Test;

class ManyEventsTest {

    @Test
    void fifty_thousand_events_are_scrolled_filtered_and_linked_with_few_rows_in_the_page() throws Exception {
        try (Chromium chromium = Chromium.launch();
                ConsoleServer server = ConsoleServer.start();
                Screen screen = Screen.open(chromium, server.base())) {
            RunHandle run = server.submit("busy", "{}");
            run.await(Integer.class);
            String events = "/runs/" + run.id() + "/events";
            screen.go(events);
            assertThat(screen.link("Events")).hasText("Events 50,003");
            assertThat(screen.page.locator(".event").count()).isLessThan(80);

            screen.see(".event-rows").evaluate("rows => rows.scrollTop = rows.scrollHeight");
            assertThat(screen.see(".event-rows")).containsText("RUN_COMPLETED");
            assertThat(screen.page.locator(".event").count()).isLessThan(80);

            screen.page.getByLabel("Errors first").check();
            screen.see(".event-rows").evaluate("rows => rows.scrollTop = 0");
            assertThat(screen.see(".event")).containsText("Line 1000");
            screen.page.getByLabel("Errors first").uncheck();
            screen.page.getByLabel("Find in events").fill("Line 77");
            assertThat(screen.page.getByText("111 of 50,003 events")).isVisible();

            screen.go(events + "?event=9002");
            assertThat(screen.see(".event-detail")).containsText("Line 9000");
            assertThat(screen.see(".event.chosen")).isInViewport();
            screen.page.keyboard().press("Escape");
            screen.page.keyboard().press("j");
            assertThat(screen.see(".event-detail")).containsText("Line 9001");
            screen.isClean();
        }
    }
}
