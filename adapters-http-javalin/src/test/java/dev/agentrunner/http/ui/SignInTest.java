package dev.agentrunner.http.ui;

import static com.microsoft.playwright.assertions.PlaywrightAssertions.assertThat;

import com.microsoft.playwright.Locator.FilterOptions;
import com.microsoft.playwright.options.AriaRole;
import dev.agentrunner.client.RunHandle;
import dev.agentrunner.http.HttpOptions;
import dev.agentrunner.http.HttpOptions.Auth;
import dev.agentrunner.memory.InMemoryStore;
import dev.agentrunner.spi.access.AccessKey;
import dev.agentrunner.spi.access.Role;
import dev.agentrunner.spi.store.Store;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.time.Instant;
import java.util.HexFormat;
import org.junit.jupiter.api.Test;

/** Keys open the console as far as their role goes, here below a prefix. */
class SignInTest {

    private static final String SECRET = "0123456789012345678901234567890123456789012";

    @Test
    void a_viewer_signs_in_sees_runs_and_can_change_nothing() throws Exception {
        Store store = new InMemoryStore();
        give(store, Role.VIEWER);
        try (Chromium chromium = Chromium.launch();
                ConsoleServer server = ConsoleServer.start(store, options());
                Screen screen = Screen.open(chromium, server.base())) {
            RunHandle run = server.submit("waiter", "{}");
            screen.go("/runs/" + run.id());
            screen.page.getByLabel("Your key").fill("ar_VIEWER_" + SECRET.replace('0', '1'));
            screen.button("Sign in").click();
            assertThat(screen.see(".trouble")).isVisible();
            screen.page.getByLabel("Your key").fill("ar_VIEWER_" + SECRET);
            screen.button("Sign in").click();

            assertThat(screen.see(".read-only")).isVisible();
            assertThat(screen.status()).hasText("awaits signal");
            assertThat(screen.badge()).hasText("live");
            assertThat(screen.page.getByRole(AriaRole.BUTTON).filter(new FilterOptions().setHasText("Cancel")))
                    .hasCount(0);
            screen.go("/runs");
            assertThat(screen.page.locator(".run-row")).hasCount(1);
            assertThat(screen.page.locator(".run-row input")).hasCount(0);
            screen.isClean(401);
        }
    }

    @Test
    void an_operator_signs_in_acts_and_signs_out() throws Exception {
        Store store = new InMemoryStore();
        give(store, Role.OPERATOR);
        try (Chromium chromium = Chromium.launch();
                ConsoleServer server = ConsoleServer.start(store, options());
                Screen screen = Screen.open(chromium, server.base())) {
            RunHandle run = server.submit("waiter", "{}");
            screen.go("/runs/" + run.id());
            screen.page.getByLabel("Your key").fill("ar_OPERATOR_" + SECRET);
            screen.button("Sign in").click();
            screen.button("Pause").click();
            assertThat(screen.status()).hasText("paused");
            screen.button("Resume").click();
            assertThat(screen.status()).hasText("awaits signal");
            screen.see("summary[title='Who you are']").click();
            screen.button("Sign out").click();
            assertThat(screen.page.getByLabel("Your key")).isVisible();
            screen.isClean(401);
        }
    }

    private static HttpOptions options() {
        return HttpOptions.DEFAULT.auth(Auth.KEYS).prefix("/agents");
    }

    private static void give(Store store, Role role) throws Exception {
        byte[] sum = MessageDigest.getInstance("SHA-256").digest(SECRET.getBytes(StandardCharsets.UTF_8));
        store.keys()
                .add(
                        new AccessKey(role.name(), role.name(), role, Instant.EPOCH, null),
                        HexFormat.of().formatHex(sum));
    }
}
