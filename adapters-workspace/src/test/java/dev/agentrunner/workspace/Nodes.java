package dev.agentrunner.workspace;

import dev.agentrunner.AgentRunner;
import dev.agentrunner.AgentRunnerBuilder;
import dev.agentrunner.client.RunHandle;
import dev.agentrunner.memory.InMemoryStore;
import dev.agentrunner.spi.catalog.ArtifactView;
import dev.agentrunner.spi.model.Event;
import dev.agentrunner.spi.model.RunId;
import dev.agentrunner.spi.store.Store;
import dev.agentrunner.spi.workspace.WorkspacePolicy;
import dev.agentrunner.spi.workspace.Workspaces;
import dev.agentrunner.tck.fault.FaultyStore;
import dev.agentrunner.tck.fault.KeptStore;
import dev.agentrunner.workflow.Workflow;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/** Nodes on one store, each with folders of its own. */
final class Nodes implements AutoCloseable {

    static final Duration SOON = Duration.ofSeconds(30);

    private final Store store = new InMemoryStore();
    private final List<Node> nodes = new ArrayList<>();

    /** A node whose workspaces are in this folder; none if it is null. */
    Node start(@Nullable Path folder, Workflow<?, ?> workflow) {
        return start(folder == null ? null : LocalWorkspaces.in(folder), workflow);
    }

    Node start(@Nullable Workspaces workspaces, Workflow<?, ?> workflow) {
        FaultyStore connection = new FaultyStore(new KeptStore(store));
        AgentRunnerBuilder builder = AgentRunner.builder()
                .store(connection)
                .drainGrace(Duration.ofMillis(300))
                .cancelGrace(Duration.ofSeconds(5))
                .workflow(workflow);
        if (workspaces != null) {
            builder.workspaces(workspaces);
        }
        Node node = new Node(this, connection, builder.build(), workspaces);
        nodes.add(node);
        return node;
    }

    record Node(
            Nodes all,
            FaultyStore connection,
            AgentRunner runner,
            @Nullable Workspaces workspaces) {

        RunHandle submit(Workflow<String, ?> workflow) {
            return runner.submit(workflow, "");
        }

        RunHandle handle(RunHandle run) {
            return runner.handle(run.id());
        }

        /** Ends as a crash would: nothing more of it reaches the store, and others take its runs. */
        void kill() {
            connection.die();
            all.store.queue().leave(runner.node());
        }

        void close() {
            runner.close();
        }

        List<Event> log(RunHandle run) {
            return all.store.log().read(run.id(), 0, 100_000);
        }

        void awaitEvent(RunHandle run, String type, int times) throws InterruptedException {
            CountDownLatch never = new CountDownLatch(1);
            for (long end = System.nanoTime() + SOON.toNanos();
                    log(run).stream()
                                    .filter(event -> event.type().name().equals(type))
                                    .count()
                            < times; ) {
                if (System.nanoTime() > end) {
                    throw new AssertionError("No " + type + " came in time");
                }
                never.await(5, TimeUnit.MILLISECONDS);
            }
        }

        List<String> files(RunHandle run) {
            return workspaces.open(run.id(), WorkspacePolicy.DEFAULT).files().list("");
        }

        /** Artifacts of a kind: step, name and text. */
        List<String> artifacts(RunHandle run, String kind) {
            return all.store.catalog().artifacts(run.id()).stream()
                    .filter(each -> each.artifact().kind().equals(kind))
                    .map(each -> each.artifact().step() + " " + each.artifact().name() + " " + text(each))
                    .toList();
        }

        private String text(ArtifactView view) {
            try (InputStream in = all.store.artifacts().open(view.artifact().blob())) {
                return new String(in.readAllBytes(), StandardCharsets.UTF_8);
            } catch (IOException e) {
                throw new UncheckedIOException(e);
            }
        }
    }

    /** Processes that were started for this run and are still there. */
    static List<String> commandsOf(RunId run) throws IOException {
        try (Stream<Path> processes = Files.list(Path.of("/proc"))) {
            return processes
                    .filter(each -> each.getFileName().toString().matches("\\d+"))
                    .filter(each -> environment(each).contains("AGENT_RUNNER_RUN=" + run))
                    .map(Path::toString)
                    .toList();
        }
    }

    private static String environment(Path process) {
        try {
            return Files.readString(process.resolve("environ"), StandardCharsets.ISO_8859_1);
        } catch (IOException e) {
            return "";
        }
    }

    @Override
    public void close() {
        nodes.forEach(Node::close);
        store.close();
    }
}
