package dev.agentrunner;

import dev.agentrunner.client.Health;
import dev.agentrunner.client.RunHandle;
import dev.agentrunner.client.Runs;
import dev.agentrunner.client.SubmitOptions;
import dev.agentrunner.client.WorkflowInfo;
import dev.agentrunner.core.codec.Secrets;
import dev.agentrunner.core.node.Client;
import dev.agentrunner.core.node.Discovery;
import dev.agentrunner.core.node.Node;
import dev.agentrunner.live.Live;
import dev.agentrunner.spi.artifact.ArtifactStore;
import dev.agentrunner.spi.llm.ModelProvider;
import dev.agentrunner.spi.model.Actor;
import dev.agentrunner.spi.model.Json;
import dev.agentrunner.spi.model.NodeId;
import dev.agentrunner.spi.model.RunId;
import dev.agentrunner.spi.store.Store;
import dev.agentrunner.workflow.Workflow;
import java.util.Collection;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.function.UnaryOperator;

/**
 * Runs workflows durably in this JVM: submits them, executes them, and takes over those of nodes that
 * died. Owns the store that it was built with. Thread-safe.
 */
public final class AgentRunner implements Runs, AutoCloseable {

    private final Store store;
    private final Node node;
    private final Client client;

    AgentRunner(Store store, Node node) {
        this.store = store;
        this.node = node;
        this.client = new Client(node, store, Actor.user("local"));
    }

    public static AgentRunnerBuilder builder() {
        return new AgentRunnerBuilder();
    }

    @Override
    public <I> RunHandle submit(Workflow<I, ?> workflow, I input, SubmitOptions options) {
        return client.submit(workflow, input, options);
    }

    @Override
    public RunHandle submit(String workflow, Json input, SubmitOptions options) {
        return client.submit(workflow, input, options);
    }

    @Override
    public <I> CompletableFuture<RunHandle> submitAsync(Workflow<I, ?> workflow, I input, SubmitOptions options) {
        return client.submitAsync(workflow, input, options);
    }

    @Override
    public RunHandle handle(RunId run) {
        return client.handle(run);
    }

    /** The same runner, acting for somebody: their name is recorded with every command. */
    public Runs as(Actor actor) {
        return new Client(node, store, actor);
    }

    /** What the steps on this node show as it comes: answers of models, output of commands. */
    public Live live() {
        return node.kit().settings().models().live();
    }

    /** The workflows that take new runs here, by name; of several versions, the newest is last. */
    public List<WorkflowInfo> workflows() {
        return new Discovery(node.registry(), node.kit().values().codec()).workflows();
    }

    /** The providers of language models that this runner was given. */
    public List<ModelProvider> providers() {
        return node.kit().settings().models().providers();
    }

    /** Whether what this runner does by itself is under way. Asks nobody. */
    public Health health() {
        return node.health();
    }

    /** This node's name in the store. */
    public NodeId node() {
        return node.id();
    }

    /** The store: its catalog and log show what runs do. */
    public Store store() {
        return store;
    }

    /** Where the bytes of artifacts and of large results are. */
    public ArtifactStore artifacts() {
        return node.kit().values().artifacts();
    }

    /** What may be shown of a value: the same without secrets. Inputs of runs are stored with them. */
    public Json redact(Json value) {
        return node.kit().values().codec().secrets().redact(value);
    }

    /** As {@link #redact}, where there is no runner. */
    public static UnaryOperator<Json> redacting(Collection<String> secrets) {
        return Secrets.of(secrets)::redact;
    }

    /**
     * Takes no more runs, lets steps under way finish for the drain grace, and hands over what is left. The store stays
     * open: runs can still be submitted, which are then for other nodes, commanded and watched. Draining again does nothing.
     */
    public void drain() {
        node.drain();
    }

    /**
     * Stops gracefully: drains, and closes the store. Closing again does nothing.
     */
    @Override
    public void close() {
        node.close();
        store.close();
    }
}
