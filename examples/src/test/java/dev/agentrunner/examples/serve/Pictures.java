package dev.agentrunner.examples.serve;

import static com.microsoft.playwright.assertions.PlaywrightAssertions.assertThat;

import com.microsoft.playwright.Browser.NewContextOptions;
import com.microsoft.playwright.Page.ScreenshotOptions;
import com.microsoft.playwright.options.ColorScheme;
import dev.agentrunner.http.ui.Chromium;
import dev.agentrunner.http.ui.Screen;
import java.net.URI;
import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.Map;

/** Pictures of pages, in light, in dark and narrow, for people to look at. Belongs to one thread. */
final class Pictures implements AutoCloseable {

    private static final Path FOLDER = Path.of("target", "screenshots");

    private final Map<String, Screen> screens = new LinkedHashMap<>();

    private Pictures() {}

    static Pictures of(Chromium chromium, URI base) {
        Pictures pictures = new Pictures();
        pictures.add(chromium, base, "light", size(1280, 800).setColorScheme(ColorScheme.LIGHT));
        pictures.add(chromium, base, "dark", size(1280, 800).setColorScheme(ColorScheme.DARK));
        pictures.add(chromium, base, "360", size(360, 740).setColorScheme(ColorScheme.LIGHT));
        return pictures;
    }

    /** Opens a place, whose live messages are seen from then on. */
    void watch(String hash, String shown) {
        screens.values().forEach(screen -> {
            screen.go(hash);
            assertThat(screen.see(shown)).isVisible();
        });
    }

    /** Takes pictures of a place once something is to be seen there. */
    void take(String name, String hash, String shown) {
        screens.forEach((look, screen) -> {
            screen.go(hash);
            assertThat(screen.see(shown)).isVisible();
            screen.page.screenshot(
                    new ScreenshotOptions().setFullPage(true).setPath(FOLDER.resolve(name + "-" + look + ".png")));
        });
    }

    private void add(Chromium chromium, URI base, String look, NewContextOptions options) {
        screens.put(look, Screen.open(chromium, base, options));
    }

    private static NewContextOptions size(int width, int height) {
        return new NewContextOptions().setViewportSize(width, height);
    }

    @Override
    public void close() {
        screens.values().forEach(Screen::close);
    }
}
