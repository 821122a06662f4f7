package dev.agentrunner.http.ui;

import static org.assertj.core.api.Assertions.assertThat;

import com.microsoft.playwright.Browser.NewContextOptions;
import com.microsoft.playwright.BrowserContext;
import com.microsoft.playwright.Locator;
import com.microsoft.playwright.Page;
import com.microsoft.playwright.Page.GetByRoleOptions;
import com.microsoft.playwright.options.AriaRole;
import java.net.URI;
import java.util.ArrayList;
import java.util.List;

/** The console in a tab of its own; notes whatever a page of ours must not do. Belongs to one thread. */
public final class Screen implements AutoCloseable {

    private final BrowserContext context;
    private final URI base;
    public final Page page;
    /** What the browser complained about. */
    final List<String> complaints = new ArrayList<>();
    /** What was asked of others than the server. */
    final List<String> strangers = new ArrayList<>();

    private Screen(BrowserContext context, URI base) {
        this.context = context;
        this.base = base;
        this.page = context.newPage();
        page.onConsoleMessage(message -> {
            if (message.type().equals("error")) {
                complaints.add(message.text());
            }
        });
        page.onPageError(complaints::add);
        page.onRequest(request -> {
            if (!request.url().startsWith(base.toString()) && !request.url().startsWith("data:")) {
                strangers.add(request.url());
            }
        });
    }

    public static Screen open(Chromium chromium, URI base, NewContextOptions options) {
        return new Screen(chromium.browser.newContext(options), base);
    }

    public static Screen open(Chromium chromium, URI base) {
        return open(chromium, base, new NewContextOptions().setViewportSize(1280, 800));
    }

    public Screen go(String hash) {
        page.navigate(base + "ui/#" + hash);
        return this;
    }

    public Locator button(String name) {
        return named(AriaRole.BUTTON, name);
    }

    public Locator link(String name) {
        return named(AriaRole.LINK, name);
    }

    public Locator heading(String name) {
        return named(AriaRole.HEADING, name);
    }

    /** One whose name contains this. */
    private Locator named(AriaRole role, String name) {
        return page.getByRole(role, new GetByRoleOptions().setName(name)).first();
    }

    public Locator see(String selector) {
        return page.locator(selector).first();
    }

    /** The word in the header that says how the page is connected. */
    public Locator badge() {
        return see(".badge");
    }

    /** The status in the head of a run's page. */
    public Locator status() {
        return see(".run-head .pill");
    }

    /**
     * Nothing was asked of others, and the browser complained about nothing.
     *
     * @param refusals statuses that the server has rightly answered, about which the browser does complain
     */
    public void isClean(int... refusals) {
        assertThat(strangers).as("requests to others").isEmpty();
        for (int status : refusals) {
            complaints.removeIf(text -> text.contains("with a status of " + status));
        }
        assertThat(complaints).as("complaints of the browser").isEmpty();
    }

    @Override
    public void close() {
        context.close();
    }
}
