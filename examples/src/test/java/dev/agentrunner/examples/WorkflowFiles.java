package dev.agentrunner.examples;

import dev.agentrunner.AgentRunner;
import dev.agentrunner.client.RunHandle;
import dev.agentrunner.client.SubmitOptions;
import dev.agentrunner.examples.inventory.Inventory;
import dev.agentrunner.llm.ModelSettings;
import dev.agentrunner.memory.InMemoryStore;
import dev.agentrunner.spi.llm.ModelProvider;
import dev.agentrunner.spi.model.Event;
import dev.agentrunner.spi.model.Json;
import dev.agentrunner.workspace.LocalWorkspaces;
import dev.agentrunner.yaml.YamlWorkflows;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.concurrent.Callable;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;

/** A runner with the example workflows, on a store in memory. */
final class WorkflowFiles implements AutoCloseable {

    static final Duration SOON = Duration.ofMinutes(2);

    final AgentRunner runner;
    private final Path workspaces;

    WorkflowFiles(Path folder, ModelProvider model) {
        workspaces = folder.resolve("workspaces");
        runner = AgentRunner.builder()
                .store(new InMemoryStore())
                .workspaces(LocalWorkspaces.in(workspaces))
                .models(ModelSettings.DEFAULT.provider(model))
                .workflow(Inventory.WORKFLOW)
                .workflows(YamlWorkflows.in(folder()).environment(Map.of()))
                .build();
    }

    /** Where the project keeps them. */
    static Path folder() {
        Path here = Path.of("").toAbsolutePath();
        return Files.isDirectory(here.resolve("workflows"))
                ? here.resolve("workflows")
                : here.resolve("examples/workflows");
    }

    RunHandle submit(String workflow, String input) {
        return runner.submit(workflow, new Json(input), SubmitOptions.DEFAULT.labels(Map.of("who", "World")));
    }

    String output(RunHandle run) throws InterruptedException {
        return run.await(Json.class, SOON).text();
    }

    String output(String workflow, String input) throws InterruptedException {
        return output(submit(workflow, input));
    }

    Path workspace(RunHandle run) {
        return workspaces.resolve(run.id().toString());
    }

    List<Event> log(RunHandle run) {
        return runner.store().log().read(run.id(), 0, 10_000);
    }

    /** The statuses of steps, in the order in which they began. */
    List<String> steps(RunHandle run) {
        return runner.store().catalog().steps(run.id()).stream()
                .map(view -> view.step().id() + " " + view.step().kind() + " "
                        + view.step().status())
                .toList();
    }

    /** The text of an artifact. */
    String artifact(RunHandle run, String name) throws Exception {
        return new String(bytes(run, name), java.nio.charset.StandardCharsets.UTF_8);
    }

    byte[] bytes(RunHandle run, String name) throws Exception {
        var found = runner.store().catalog().artifacts(run.id()).stream()
                .filter(each -> each.artifact().name().equals(name))
                .reduce((first, last) -> last)
                .orElseThrow();
        try (var in = runner.store().artifacts().open(found.artifact().blob())) {
            return in.readAllBytes();
        }
    }

    static void eventually(Callable<Boolean> condition) throws Exception {
        CountDownLatch never = new CountDownLatch(1);
        for (long end = System.nanoTime() + SOON.toNanos(); !condition.call(); ) {
            if (System.nanoTime() > end) {
                throw new AssertionError("It did not become so in time");
            }
            never.await(5, TimeUnit.MILLISECONDS);
        }
    }

    @Override
    public void close() {
        runner.close();
    }
}
