package dev.agentrunner.http.ui;

import static com.microsoft.playwright.assertions.PlaywrightAssertions.assertThat;

import com.microsoft.playwright.Locator.FilterOptions;
import com.microsoft.playwright.options.AriaRole;
import dev.agentrunner.http.ui.StagedModel.Call;
import dev.agentrunner.spi.llm.Usage;
import java.util.regex.Pattern;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** The whole life of runs, as a person drives it. */
class RunLifeTest {

    private Chromium chromium;
    private ConsoleServer server;
    private Screen screen;

    @BeforeEach
    void open() throws Exception {
        chromium = Chromium.launch();
        server = ConsoleServer.start();
        screen = Screen.open(chromium, server.base());
    }

    @AfterEach
    void close() throws Exception {
        if (chromium != null) {
            chromium.close();
            server.close();
        }
    }

    @Test
    void a_person_starts_a_run_watches_the_model_approves_and_finds_what_came_of_it() throws Exception {
        screen.go("/");
        assertThat(screen.heading("No run yet")).isVisible();
        startReview("ab");
        assertThat(screen.see(".field.bad")).containsText("3");
        screen.page.getByLabel("topic").fill("Durable agents");
        screen.button("Start the run").click();

        assertThat(screen.status()).hasText("running");
        assertThat(screen.badge()).hasText("live");
        Call call = server.model.next();
        call.thinks("What do they know?");
        call.says("# Durable ");
        assertThat(screen.see(".step-output [aria-label=text]")).hasText("# Durable ");
        call.says("**agents**");
        assertThat(screen.see(".step-output [aria-label=text]")).hasText("# Durable **agents**");
        call.ends(new Usage(1_200, 80));

        assertThat(screen.heading("Publish “Durable agents”?")).isVisible();
        assertThat(screen.status()).hasText("needs approval");
        screen.button("Show DRAFT.md").click();
        assertThat(screen.see(".markdown strong")).hasText("agents");
        screen.page.getByLabel("Comment").fill("Well said");
        screen.button("Approve").click();

        assertThat(screen.status()).hasText("completed");
        assertThat(screen.badge()).hasText("ended");
        assertThat(screen.see(".run-head .usage")).containsText("1.2k in · 80 out");
        screen.link("Input & result").click();
        assertThat(screen.see(".values")).containsText("Well said");
        screen.link("Artifacts 1").click();
        assertThat(screen.see(".artifact .md-h1")).hasText("Durable agents");
        screen.page.reload();
        assertThat(screen.see(".artifact .md-h1")).hasText("Durable agents");
        screen.isClean(422);
    }

    @Test
    void a_finished_run_is_forked_and_the_fork_is_canceled_while_the_model_answers() throws Exception {
        screen.go("/start/review");
        screen.button("Start the run").click();
        server.model.next().ends(new Usage(1, 1));
        screen.button("Reject").click();
        assertThat(screen.status()).hasText("completed");

        screen.button("Fork…").click();
        screen.page.getByLabel("Input").fill("{\"topic\": \"Another one\"}");
        screen.button("Start the fork").click();
        assertThat(screen.link("forked from")).isVisible();
        assertThat(screen.badge()).hasText("live");
        server.model.next().says("Half of a sentence");
        assertThat(screen.see(".step-output")).containsText("Half of a");
        screen.page.keyboard().press("c");
        screen.page.getByLabel("Reason").fill("Not needed");
        screen.button("Cancel the run").click();
        assertThat(screen.status()).hasText("canceled");

        screen.link("Family").click();
        assertThat(screen.see(".family .chosen")).containsText("canceled");
        assertThat(screen.page.locator(".member")).hasCount(2);
        screen.page.keyboard().press("g");
        screen.page.keyboard().press("r");
        assertThat(screen.page.locator(".run-row")).hasCount(2);
        assertThat(screen.see(".counts")).containsText(Pattern.compile("Completed\\s*1"));
        screen.isClean();
    }

    @Test
    void runs_are_found_by_filters_that_the_address_keeps_and_many_are_canceled_at_once() throws Exception {
        for (int i = 0; i < 3; i++) {
            server.submit("waiter", "{\"nth\":" + i + "}");
        }
        server.submit("failing", "{}");
        screen.go("/runs");
        assertThat(screen.page.locator(".run-row")).hasCount(4);
        assertThat(screen.see(".counts")).containsText(Pattern.compile("Failed\\s*1"));
        assertThat(screen.see(".run-row:has(.tone-failed)")).containsText("The disk is full");

        screen.page.getByLabel("Find in id").fill("nth\":1");
        assertThat(screen.page.locator(".run-row")).hasCount(1);
        screen.page.reload();
        assertThat(screen.page.locator(".run-row")).hasCount(1);
        screen.page.getByLabel("Find in id").fill("nowhere");
        assertThat(screen.heading("No run matches")).isVisible();
        screen.button("Clear the filters").click();

        screen.button("Cancel all…").click();
        assertThat(screen.page.locator(".preview-list li")).hasCount(3);
        screen.button("Cancel 3 runs").click();
        screen.button("Done").click();
        assertThat(screen.page.locator(".run-row").filter(new FilterOptions().setHasText("canceled")))
                .hasCount(3);

        screen.page.keyboard().press("Control+k");
        screen.page.getByRole(AriaRole.DIALOG).getByRole(AriaRole.COMBOBOX).fill("failing");
        assertThat(screen.see("[role=option]")).containsText("failing");
        screen.page.keyboard().press("Enter");
        assertThat(screen.heading("failing")).isVisible();
        screen.isClean();
    }

    private void startReview(String topic) {
        screen.link("Start a run").click();
        screen.link("review").click();
        assertThat(screen.page.getByLabel("topic")).hasValue("Graceful shutdown");
        screen.page.getByLabel("topic").fill(topic);
        screen.button("Start the run").click();
    }
}
