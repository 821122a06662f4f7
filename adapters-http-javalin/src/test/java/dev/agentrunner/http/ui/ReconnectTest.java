package dev.agentrunner.http.ui;

import static com.microsoft.playwright.assertions.PlaywrightAssertions.assertThat;

import dev.agentrunner.client.RunHandle;
import dev.agentrunner.spi.model.Json;
import java.util.regex.Pattern;
import org.junit.jupiter.api.Test;

/** The server goes away under the console, and comes back. */
class ReconnectTest {

    @Test
    void a_run_that_ended_while_the_server_was_away_is_shown_whole_once_it_is_back() throws Exception {
        try (Chromium chromium = Chromium.launch();
                ConsoleServer server = ConsoleServer.start();
                Screen screen = Screen.open(chromium, server.base())) {
            RunHandle run = server.submit("waiter", "{}");
            screen.go("/runs/" + run.id() + "/events");
            assertThat(screen.badge()).hasText("live");
            assertThat(screen.status()).hasText("awaits signal");

            server.leave();
            assertThat(screen.badge()).hasText(Pattern.compile("reconnecting \\d+s"));
            run.signal("go", "on");
            run.await(Json.class);
            screen.link("Timeline").click();
            assertThat(screen.see(".lanes")).containsText("begin");

            server.comeBack();
            assertThat(screen.badge()).hasText("ended");
            assertThat(screen.status()).hasText("completed");
            assertThat(screen.link("Events")).hasText("Events " + server.events(run.id()));
        }
    }

    @Test
    void a_run_that_goes_on_is_followed_without_a_gap_and_the_list_too() throws Exception {
        try (Chromium chromium = Chromium.launch();
                ConsoleServer server = ConsoleServer.start();
                Screen screen = Screen.open(chromium, server.base());
                Screen list = Screen.open(chromium, server.base())) {
            RunHandle run = server.submit("waiter", "{}");
            screen.go("/runs/" + run.id());
            list.go("/runs");
            assertThat(screen.badge()).hasText("live");
            assertThat(list.badge()).hasText("live");

            server.leave();
            assertThat(screen.badge()).containsText("reconnecting");
            RunHandle second = server.submit("waiter", "{}");
            server.comeBack();
            assertThat(screen.badge()).hasText("live");
            assertThat(list.page.locator(".run-row")).hasCount(2);

            run.signal("go", 1);
            second.signal("go", 2);
            run.await(Json.class);
            assertThat(screen.status()).hasText("completed");
            assertThat(screen.link("Events")).hasText("Events " + server.events(run.id()));
            assertThat(list.see(".counts")).containsText(Pattern.compile("Completed\\s*2"));
        }
    }
}
