package dev.agentrunner.jdbc.crash;

import dev.agentrunner.spi.model.RunId;
import dev.agentrunner.workflow.RetryPolicy;
import dev.agentrunner.workflow.RunContext;
import dev.agentrunner.workflow.StepFailedException;
import dev.agentrunner.workflow.StepOptions;
import dev.agentrunner.workflow.Steps.StepBody;
import dev.agentrunner.workflow.TerminalFailureException;
import dev.agentrunner.workflow.Workflow;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.ThreadLocalRandom;

/** The workflows that are executed while their processes die; each uses what it does for a crash to hit. */
final class Workloads {

    static final String SIGNAL = "go";
    static final String INTERRUPTED = "interrupted";

    private final Ledger ledger;
    private final Duration bodies;

    final Workflow<Integer, String> child = Workflow.named("child", "1")
            .input(Integer.class)
            .output(String.class)
            .body(this::child);
    final Workflow<Integer, String> mixed = Workflow.named("mixed", "1")
            .input(Integer.class)
            .output(String.class)
            .body(this::mixed);
    final Workflow<Integer, String> once = Workflow.named("once", "1")
            .input(Integer.class)
            .output(String.class)
            .body(this::once);
    final Workflow<Integer, String> files = Workflow.named("files", "1")
            .input(Integer.class)
            .output(String.class)
            .body(this::files);
    final Workflow<Integer, String> quick = Workflow.named("quick", "1")
            .input(Integer.class)
            .output(String.class)
            .body(this::quick);
    final Workflow<Integer, String> tiny = Workflow.named("tiny", "1")
            .input(Integer.class)
            .output(String.class)
            .body(this::tiny);
    final Workflow<Integer, String> doomed = Workflow.named("doomed", "1")
            .input(Integer.class)
            .output(String.class)
            .body(this::doomed);
    final Workflow<Integer, String> endless = Workflow.named("endless", "1")
            .input(Integer.class)
            .output(String.class)
            .body(this::endless);

    /**
     * @param bodies how long the bodies of steps take at most
     */
    Workloads(Ledger ledger, Duration bodies) {
        this.ledger = ledger;
        this.bodies = bodies;
    }

    List<Workflow<Integer, String>> all() {
        return List.of(child, mixed, once, files, quick, tiny, doomed, endless);
    }

    private String mixed(RunContext run, int n) {
        long dice = run.random().nextLong();
        String draft = run.step("draft", String.class, body(run, "draft-" + n));
        String flaky = run.step("flaky", String.class, retried(), watching(run, step -> {
            if (step.attempt() < 3) {
                throw new IllegalStateException("Not yet");
            }
            return "flaky-" + n;
        }));
        List<Integer> fan = run.map("fan", Integer.class, List.of(n, n + 1, n + 2, n + 3), 3, (branch, item) -> {
            int square = branch.step("square", Integer.class, body(branch, item * item));
            return branch.step("plus", Integer.class, body(branch, square + 1));
        });
        run.sleep(Duration.ofMillis(30));
        String kid = run.call("kid", child, n);
        String go = n % 2 == 0 ? run.await(SIGNAL, String.class) : "unasked";
        boolean same = run.step("dice", Long.class, body(run, dice)) == dice;
        return String.join(" ", draft, flaky, fan.toString(), kid, go, same ? "same" : "different");
    }

    private String once(RunContext run, int n) {
        String before = run.step("before", String.class, body(run, "before-" + n));
        String charge;
        try {
            charge = run.step("charge", String.class, StepOptions.atMostOnce(), body(run, "charged"));
        } catch (StepFailedException e) {
            charge = e.failure().kind();
        }
        String asked = run.step("ask", String.class, StepOptions.atMostOnceOrAsk(), body(run, "asked"));
        return String.join(" ", before, "charge=" + charge, asked);
    }

    private String files(RunContext run, int n) {
        run.artifact("plan.md", "document", "plan " + n);
        String big = run.step("big", String.class, body(run, text(n, 9_000)));
        String made = run.step("make", String.class, watching(run, step -> {
            step.artifact("data.bin", "data", "application/octet-stream", bytes(n, 1_000));
            step.artifact("large.bin", "data", "application/octet-stream", bytes(n, 300_000));
            return "made-" + n;
        }));
        run.log("the end is near");
        run.artifact("report.md", "document", "report " + n);
        return big.length() + " " + made + " " + text(n, 5_000);
    }

    private String child(RunContext run, int n) {
        String one = run.step("one", String.class, body(run, "one-" + n));
        return run.step("two", String.class, body(run, one + "+two"));
    }

    private String quick(RunContext run, int n) {
        String all = "quick";
        for (int i = 0; i < 5; i++) {
            all += "-" + run.step("part", Integer.class, body(run, n + i));
        }
        return all;
    }

    private String tiny(RunContext run, int n) {
        int first = run.step("first", Integer.class, body(run, n));
        return "tiny-" + run.step("second", Integer.class, body(run, first + 1));
    }

    private String doomed(RunContext run, int n) {
        String before = run.step("before", String.class, body(run, "before-" + n));
        return run.step("fail", String.class, retried(), watching(run, step -> {
            throw new TerminalFailureException("No hope for " + before);
        }));
    }

    private String endless(RunContext run, int n) {
        for (int i = 0; i < 100; i++) {
            run.step("turn", Integer.class, body(run, n + i));
        }
        return "ended";
    }

    private static StepOptions retried() {
        return StepOptions.retry(
                RetryPolicy.attempts(50).backoff(Duration.ofMillis(5)).maxBackoff(Duration.ofMillis(20)));
    }

    private <T> StepBody<T> body(RunContext run, T result) {
        return watching(run, step -> result);
    }

    private <T> StepBody<T> watching(RunContext run, StepBody<T> body) {
        RunId id = run.id();
        return ledger.watching(id, step -> {
            if (!bodies.isZero()) {
                Patience.pause(Duration.ofNanos(ThreadLocalRandom.current().nextLong(bodies.toNanos())));
            }
            return body.execute(step);
        });
    }

    private static String text(int n, int length) {
        return ("text " + n + " ").repeat(length / 6).substring(0, length);
    }

    private static byte[] bytes(int n, int length) {
        return ("bytes " + n + " ").repeat(length / 7).substring(0, length).getBytes(StandardCharsets.UTF_8);
    }
}
