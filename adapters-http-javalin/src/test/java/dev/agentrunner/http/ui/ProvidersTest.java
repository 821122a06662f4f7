package dev.agentrunner.http.ui;

import static com.microsoft.playwright.assertions.PlaywrightAssertions.assertThat;

import org.junit.jupiter.api.Test;

class ProvidersTest {

    @Test
    void a_model_is_pulled_with_progress_that_survives_a_reload() throws Exception {
        try (Chromium chromium = Chromium.launch();
                ConsoleServer server = ConsoleServer.start();
                Screen screen = Screen.open(chromium, server.base())) {
            screen.go("/providers");
            assertThat(screen.see(".models")).containsText("staged/small");
            screen.page.getByLabel("Pull a model").fill("large");
            screen.button("Pull").click();
            assertThat(screen.see(".pull-line")).containsText("1.0 KiB of 4.0 KiB");
            screen.page.reload();
            assertThat(screen.see(".pull-line")).containsText("pulling");

            server.model.pulled.countDown();
            assertThat(screen.page.locator(".pull-line")).hasCount(0);
            assertThat(screen.see(".models")).containsText("staged/large");

            screen.page.getByLabel("Pull a model").fill("unheard-of");
            screen.button("Pull").click();
            assertThat(screen.see(".pull-line")).containsText("There is no such model");
            screen.isClean();
        }
    }
}
