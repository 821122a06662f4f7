package dev.agentrunner.jdbc.crash;

import dev.agentrunner.AgentRunner;
import dev.agentrunner.AgentRunnerBuilder;
import dev.agentrunner.client.RunFinishedException;
import dev.agentrunner.client.RunHandle;
import dev.agentrunner.memory.InMemoryStore;
import dev.agentrunner.spi.catalog.RunView;
import dev.agentrunner.spi.model.RunStatus;
import dev.agentrunner.workflow.Workflow;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.Duration;
import java.time.InstantSource;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/** What runs come to that nothing interrupts. */
final class Reference implements AutoCloseable {

    /**
     * How a run ended.
     *
     * @param output JSON; empty unless it completed
     * @param artifacts name and SHA-256 of each, sorted
     */
    record Ending(String status, String output, List<String> artifacts) {}

    private final AgentRunner runner;
    private final Map<String, Workflow<Integer, String>> workflows = new HashMap<>();
    private final Map<String, Ending> known = new HashMap<>();

    Reference(Path folder) {
        Workloads workloads = new Workloads(new Ledger(folder), Duration.ZERO);
        AgentRunnerBuilder builder = AgentRunner.builder()
                .store(new InMemoryStore(InstantSource.system()))
                .spillBytes(WorkerMain.SPILL_BYTES);
        workloads.all().forEach(builder::workflow);
        workloads.all().forEach(each -> workflows.put(each.ref().name(), each));
        runner = builder.build();
    }

    Ending of(String workflow, int n) {
        return known.computeIfAbsent(workflow + " " + n, key -> execute(workflows.get(workflow), n));
    }

    private Ending execute(Workflow<Integer, String> workflow, int n) {
        RunHandle run = runner.submit(workflow, n);
        try {
            signal(run);
            RunStatus status = run.awaitEnd(Duration.ofSeconds(30));
            RunView view = runner.store().catalog().run(run.id()).orElseThrow();
            return new Ending(status.name(), output(view), artifacts(view));
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new IllegalStateException(e);
        }
    }

    private static void signal(RunHandle run) {
        try {
            run.signal(Workloads.SIGNAL, "signaled");
        } catch (RunFinishedException e) {
            // It did not wait for one.
            return;
        }
    }

    private String output(RunView view) {
        var last = view.payloads().last().tree();
        if (!last.has("output_ref")) {
            return last.path("output").toString();
        }
        String sum = last.path("output_ref").path("sha256").asText();
        var blob = runner.store().catalog().artifacts(view.id()).stream()
                .map(each -> each.artifact().blob())
                .filter(each -> each.sha256().equals(sum))
                .findAny()
                .orElseThrow();
        try (InputStream bytes = runner.store().artifacts().open(blob)) {
            return new String(bytes.readAllBytes(), StandardCharsets.UTF_8);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private List<String> artifacts(RunView view) {
        return runner.store().catalog().artifacts(view.id()).stream()
                .map(each ->
                        each.artifact().name() + " " + each.artifact().blob().sha256())
                .sorted()
                .toList();
    }

    @Override
    public void close() {
        runner.close();
    }
}
