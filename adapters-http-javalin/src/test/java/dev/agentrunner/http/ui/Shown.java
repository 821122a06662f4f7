package dev.agentrunner.http.ui;

import dev.agentrunner.spi.model.Json;
import dev.agentrunner.workflow.Notes.Level;
import dev.agentrunner.workflow.TerminalFailureException;
import dev.agentrunner.workflow.Workflow;
import java.util.Map;

/** Workflows whose runs the console shows. */
final class Shown {

    /** Whatever a browser could take for more than a text. */
    static final String HOSTILE = "<script>window.pwned=1</script><img src=x onerror=\"window.pwned=1\">";

    static final int MANY = 50_000;

    private Shown() {}

    /** Waits for the signal {@code go}. */
    static Workflow<Json, Json> waiter() {
        return Workflow.named("waiter", "1")
                .input(Json.class)
                .output(Json.class)
                .body((run, input) -> {
                    run.step("begin", String.class, step -> "begun");
                    return run.await("go", Json.class);
                });
    }

    /** Writes very many events. */
    static Workflow<Json, Integer> busy() {
        return Workflow.named("busy", "1")
                .input(Json.class)
                .output(Integer.class)
                .body((run, input) -> {
                    for (int i = 1; i <= MANY; i++) {
                        run.log(i % 1_000 == 0 ? Level.ERROR : Level.INFO, "Line " + i);
                    }
                    return MANY;
                });
    }

    /** Says hostile things wherever it can. */
    static Workflow<Json, String> hostile() {
        return Workflow.named("hostile", "1")
                .description(HOSTILE)
                .input(Json.class)
                .output(String.class)
                .body((run, input) -> {
                    run.step("evil", String.class, step -> {
                        step.artifact("page.html", "page", HOSTILE);
                        step.artifact("picture.svg", "image", """
                            <svg xmlns="http://www.w3.org/2000/svg" width="9" height="9" onload="window.pwned=1">
                              <script>window.pwned=1</script><image href="https://evil.example/x.png"/>
                            </svg>\
                            """);
                        step.artifact("text.md", "document", """
                            # Title %s

                            [click](javascript:window.pwned=1) [data](data:text/html,%s)

                            ![pixel](https://evil.example/pixel.png) <iframe src="https://evil.example"></iframe>

                            <svg onload="window.pwned=1"></svg>

                            [fine](https://example.org/)
                            """.formatted(HOSTILE, HOSTILE));
                        return HOSTILE;
                    });
                    run.log(HOSTILE);
                    run.emit("x.evil", Map.of("html", HOSTILE));
                    return run.step("end", String.class, step -> {
                        throw new TerminalFailureException(HOSTILE);
                    });
                });
    }

    static Workflow<Json, String> failing() {
        return Workflow.named("failing", "1")
                .input(Json.class)
                .output(String.class)
                .body((run, input) -> {
                    run.step("good", String.class, step -> "fine");
                    return run.step("break", String.class, step -> {
                        throw new TerminalFailureException("The disk is full; 3 of 7 files are written");
                    });
                });
    }
}
