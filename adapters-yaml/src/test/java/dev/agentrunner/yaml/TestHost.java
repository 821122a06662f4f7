package dev.agentrunner.yaml;

import static org.assertj.core.api.Assertions.catchThrowableOfType;

import dev.agentrunner.AgentRunner;
import dev.agentrunner.AgentRunnerBuilder;
import dev.agentrunner.client.RunFailedException;
import dev.agentrunner.client.RunHandle;
import dev.agentrunner.client.SubmitOptions;
import dev.agentrunner.llm.ModelSettings;
import dev.agentrunner.memory.InMemoryStore;
import dev.agentrunner.spi.model.Failure;
import dev.agentrunner.spi.model.Json;
import dev.agentrunner.spi.model.Waiting;
import dev.agentrunner.spi.store.Store;
import dev.agentrunner.tck.fault.KeptStore;
import dev.agentrunner.workspace.LocalWorkspaces;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.Callable;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.function.UnaryOperator;
import org.jspecify.annotations.Nullable;

/** A folder of workflow files and a runner for them, which starts when it is first needed, and can be started again. */
public final class TestHost implements AutoCloseable {

    public static final Duration SOON = Duration.ofMinutes(1);

    public final Parrot model;
    public final Map<String, String> environment = new HashMap<>();
    public UnaryOperator<AgentRunnerBuilder> settings = UnaryOperator.identity();
    public Duration every = Duration.ofMinutes(10);
    private final Path files;
    private final Path workspaces;
    private final Store store = new InMemoryStore();
    private @Nullable YamlWorkflows workflows;
    private @Nullable AgentRunner runner;
    private int written;

    public TestHost(Path folder) {
        this(folder, new Parrot(request -> "said " + Parrot.prompt(request)));
    }

    public TestHost(Path folder, Parrot model) {
        this.files = folder.resolve("workflows");
        this.workspaces = folder.resolve("workspaces");
        this.model = model;
    }

    public Path files() {
        return files;
    }

    public void file(String name, String text) {
        try {
            Files.createDirectories(files);
            Files.writeString(files.resolve(name), text);
        } catch (IOException e) {
            throw new java.io.UncheckedIOException(e);
        }
    }

    /** Writes a file with these parts of a workflow; gives the workflow's name. Only before the runner starts. */
    public String workflow(String parts) {
        String name = "w" + ++written;
        file(name + ".yaml", "name: " + name + "\nversion: '1'\n" + parts);
        return name;
    }

    public AgentRunner runner() {
        if (runner == null) {
            workflows = YamlWorkflows.in(files)
                    .environment(environment)
                    .allowEnv(Set.of("ALLOWED"))
                    .every(every);
            AgentRunnerBuilder builder = AgentRunner.builder()
                    .store(new KeptStore(store))
                    .workspaces(LocalWorkspaces.in(workspaces))
                    .models(ModelSettings.DEFAULT.provider(model))
                    .workflows(workflows);
            runner = settings.apply(builder).build();
        }
        return runner;
    }

    public YamlWorkflows workflows() {
        runner();
        return workflows;
    }

    public RunHandle submit(String workflow, String input) {
        return submit(workflow, input, SubmitOptions.DEFAULT);
    }

    public RunHandle submit(String workflow, String input, SubmitOptions options) {
        return runner().submit(workflow, new Json(input), options);
    }

    public String output(RunHandle run) throws InterruptedException {
        return run.await(Json.class, SOON).text();
    }

    /** What a workflow of these parts gives. */
    public String output(String parts) throws InterruptedException {
        return output(submit(workflow(parts), "{}"));
    }

    public static Failure failure(RunHandle run) {
        return catchThrowableOfType(RunFailedException.class, () -> run.await(Json.class, SOON))
                .failure();
    }

    /** How a workflow of these parts fails. */
    public Failure failure(String parts) {
        return failure(submit(workflow(parts), "{}"));
    }

    /** Id, kind, status and attempts of the steps, in the order in which they began. */
    public List<String> steps(RunHandle run) {
        return runner().store().catalog().steps(run.id()).stream()
                .map(view -> view.step().id() + " " + view.step().kind() + " "
                        + view.step().status() + " " + view.step().attempts())
                .toList();
    }

    public Path workspace(RunHandle run) {
        return workspaces.resolve(run.id().toString());
    }

    /** The text of an artifact. */
    public String artifact(RunHandle run, String name) throws IOException {
        var found = runner().store().catalog().artifacts(run.id()).stream()
                .filter(each -> each.artifact().name().equals(name))
                .reduce((first, last) -> last)
                .orElseThrow();
        try (var in = runner().store().artifacts().open(found.artifact().blob())) {
            return new String(in.readAllBytes(), StandardCharsets.UTF_8);
        }
    }

    public void awaitWaiting(RunHandle run, Waiting what) throws Exception {
        eventually(() ->
                runner().store().catalog().run(run.id()).orElseThrow().state().waiting() == what);
    }

    public static void eventually(Callable<Boolean> condition) throws Exception {
        CountDownLatch never = new CountDownLatch(1);
        for (long end = System.nanoTime() + SOON.toNanos(); !condition.call(); ) {
            if (System.nanoTime() > end) {
                throw new AssertionError("It did not become so in time");
            }
            never.await(5, TimeUnit.MILLISECONDS);
        }
    }

    /** Stops the runner; the store and the folder stay, and what is asked next starts another one. */
    public void stop() {
        if (runner != null) {
            runner.close();
            runner = null;
        }
    }

    @Override
    public void close() {
        stop();
        store.close();
    }
}
