package dev.agentrunner.examples.inventory;

import com.fasterxml.jackson.core.type.TypeReference;
import dev.agentrunner.workflow.ResultType;
import dev.agentrunner.workflow.RetryPolicy;
import dev.agentrunner.workflow.RunContext;
import dev.agentrunner.workflow.StepOptions;
import dev.agentrunner.workflow.Workflow;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;

/** The workflow {@code inventory-v1}. */
public final class Inventory {

    private static final int PARTS_AT_ONCE = 4;
    private static final ResultType<List<String>> NAMES = ResultType.of(new TypeReference<>() {});
    private static final StepOptions PATIENT = StepOptions.retry(RetryPolicy.attempts(3));

    public static final Workflow<Request, Summary> WORKFLOW = Workflow.named("inventory-v1", "1")
            .description("Walks a directory in parallel steps, counts and hashes, and writes two reports")
            .input(Request.class)
            .output(Summary.class)
            .body(Inventory::run);

    private Inventory() {}

    private static Summary run(RunContext run, Request request) {
        Path directory = Path.of(request.path());
        List<String> names = run.step("list", NAMES, PATIENT, step -> Walk.top(directory));
        List<Part> parts = run.map(
                "scan",
                Part.class,
                names,
                PARTS_AT_ONCE,
                (branch, name) -> branch.step("hash", Part.class, PATIENT, step -> {
                    dwell(request);
                    Part part = Walk.scan(directory, name);
                    step.log(name + ": " + part.files().size() + " files, " + Report.size(part.bytes()));
                    return part;
                }));
        List<FileEntry> files =
                parts.stream().flatMap(part -> part.files().stream()).toList();
        Summary summary = new Summary(
                files.size(), files.stream().mapToLong(FileEntry::size).sum(), Walk.sha256(files));
        run.step("report", step -> {
            step.artifact("REPORT.md", "document", Report.of(request.path(), parts, summary));
            step.artifact("inventory.json", "data", Listing.json(Map.of("summary", summary, "files", files)));
        });
        return summary;
    }

    /** Lets a person watch. */
    private static void dwell(Request request) throws InterruptedException {
        if (!request.pause().isZero()) {
            boolean ended = new CountDownLatch(1).await(request.pause().toMillis(), TimeUnit.MILLISECONDS);
            assert !ended;
        }
    }
}
