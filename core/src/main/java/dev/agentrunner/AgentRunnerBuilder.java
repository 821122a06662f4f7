package dev.agentrunner;

import com.fasterxml.jackson.databind.ObjectMapper;
import dev.agentrunner.core.codec.JsonCodec;
import dev.agentrunner.core.codec.Secrets;
import dev.agentrunner.core.codec.Values;
import dev.agentrunner.core.execution.Settings;
import dev.agentrunner.core.llm.Models;
import dev.agentrunner.core.node.Node;
import dev.agentrunner.core.node.NodeSettings;
import dev.agentrunner.core.node.QueuePolicy;
import dev.agentrunner.core.node.Registry;
import dev.agentrunner.llm.ModelSettings;
import dev.agentrunner.spi.artifact.ArtifactStore;
import dev.agentrunner.spi.queue.Rate;
import dev.agentrunner.spi.store.Store;
import dev.agentrunner.spi.workspace.Workspaces;
import dev.agentrunner.workflow.Workflow;
import dev.agentrunner.workflow.WorkflowSource;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** Puts an {@link AgentRunner} together. Only the store is required. Not thread-safe. */
public final class AgentRunnerBuilder {

    private @Nullable Store store;
    private @Nullable ArtifactStore artifacts;
    private final List<String> secrets = new ArrayList<>();
    private ObjectMapper mapper = JsonCodec.defaultMapper();
    private final List<Workflow<?, ?>> workflows = new ArrayList<>();
    private final List<WorkflowSource> sources = new ArrayList<>();
    private final List<QueuePolicy> queues = new ArrayList<>();
    private NodeSettings node = NodeSettings.DEFAULT;
    private Settings execution = Settings.DEFAULT;
    private int spillBytes = 64 << 10;
    private int maxResultBytes = 64 << 20;

    AgentRunnerBuilder() {}

    /** Where runs live. The runner closes it. */
    public AgentRunnerBuilder store(Store where) {
        store = where;
        return this;
    }

    /** Where artifact bytes live; by default in the store. All nodes must use the same place. */
    public AgentRunnerBuilder artifacts(ArtifactStore where) {
        artifacts = where;
        return this;
    }

    /** Lets this node execute a workflow. Of several versions, the last one given is the newest. */
    public AgentRunnerBuilder workflow(Workflow<?, ?> workflow) {
        workflows.add(workflow);
        return this;
    }

    /** Lets this node execute workflows that may change while it runs. The runner closes the source. */
    public AgentRunnerBuilder workflows(WorkflowSource source) {
        sources.add(source);
        return this;
    }

    /** How values become JSON; by default ISO times, and unknown fields are ignored. */
    public AgentRunnerBuilder mapper(ObjectMapper custom) {
        mapper = custom;
        return this;
    }

    /**
     * Values that are taken out of whatever is stored or streamed, but for the inputs of runs. Keys of well-known shapes
     * are in any case. Each has 6 characters or more.
     */
    public AgentRunnerBuilder secrets(Collection<String> values) {
        secrets.addAll(values);
        return this;
    }

    /** How many runs this node executes at once; 0: it only submits and watches. Default 64. */
    public AgentRunnerBuilder workers(int count) {
        node = new NodeSettings(
                count, node.heartbeat(), node.timeout(), node.poll(), node.drainGrace(), node.retention(), List.of());
        return this;
    }

    /** How often this node says that it is alive, and when it takes others for dead. Default 2 s and 10 s. */
    public AgentRunnerBuilder heartbeat(Duration every, Duration timeout) {
        node = new NodeSettings(
                node.workers(), every, timeout, node.poll(), node.drainGrace(), node.retention(), List.of());
        return this;
    }

    /** How long steps may go on when this runner is closed. Default 10 s. */
    public AgentRunnerBuilder drainGrace(Duration grace) {
        node = new NodeSettings(
                node.workers(), node.heartbeat(), node.timeout(), node.poll(), grace, node.retention(), List.of());
        return this;
    }

    /** Purges runs that finished so long ago; by default none. */
    public AgentRunnerBuilder retention(Duration keep) {
        node = new NodeSettings(
                node.workers(), node.heartbeat(), node.timeout(), node.poll(), node.drainGrace(), keep, List.of());
        return this;
    }

    /** Limits a queue: so many of its runs at once on this node, and on all nodes together. */
    public AgentRunnerBuilder queue(String name, @Nullable Integer perNode, @Nullable Integer everywhere) {
        return queue(name, perNode, everywhere, null);
    }

    /** Limits a queue, also in how many of its runs start in a period. */
    public AgentRunnerBuilder queue(
            String name, @Nullable Integer perNode, @Nullable Integer everywhere, @Nullable Rate rate) {
        queues.add(new QueuePolicy(name, perNode, everywhere, rate));
        return this;
    }

    /** How long a canceled or timed-out body may go on before it is left to itself. Default 10 s. */
    public AgentRunnerBuilder cancelGrace(Duration grace) {
        execution = execution.cancelGrace(grace);
        return this;
    }

    /** How often a run may be taken over from a dead node before it fails. Default 10. */
    public AgentRunnerBuilder maxRecoveries(int times) {
        execution = execution.maxRecoveries(times);
        return this;
    }

    /** Which language models may be asked, and how; by default none. */
    public AgentRunnerBuilder models(ModelSettings settings) {
        execution = execution.models(new Models(settings));
        return this;
    }

    /** Where runs have their directories; by default nowhere. Each node has its own place. */
    public AgentRunnerBuilder workspaces(Workspaces where) {
        execution = execution.workspaces(where);
        return this;
    }

    /** Results of more bytes go to the artifact store; default 64 KiB. */
    public AgentRunnerBuilder spillBytes(int bytes) {
        spillBytes = bytes;
        return this;
    }

    /** Results of more bytes fail their step; default 64 MiB. */
    public AgentRunnerBuilder maxResultBytes(int bytes) {
        maxResultBytes = bytes;
        return this;
    }

    /**
     * Builds and starts the runner.
     *
     * @throws IllegalStateException if no store was given
     */
    public AgentRunner build() {
        if (store == null) {
            throw new IllegalStateException("No store was given; call store(SqliteStore.at(path)), for instance");
        }
        ArtifactStore bytes = artifacts == null ? store.artifacts() : artifacts;
        Values values = new Values(new JsonCodec(mapper, Secrets.of(secrets)), bytes, spillBytes, maxResultBytes);
        NodeSettings settings = new NodeSettings(
                node.workers(),
                node.heartbeat(),
                node.timeout(),
                node.poll(),
                node.drainGrace(),
                node.retention(),
                queues);
        Node started = new Node(store, new Registry(workflows, sources), sources, settings, execution, values);
        try {
            started.start();
        } catch (RuntimeException | Error e) {
            started.close();
            throw e;
        }
        return new AgentRunner(store, started);
    }
}
