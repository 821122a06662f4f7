package dev.agentrunner.server.wiring;

import dev.agentrunner.AgentRunner;
import dev.agentrunner.AgentRunnerBuilder;
import dev.agentrunner.llm.ModelSettings;
import dev.agentrunner.ollama.Ollama;
import dev.agentrunner.server.config.Configuration;
import dev.agentrunner.server.config.ConfigurationException;
import dev.agentrunner.server.config.Setting;
import dev.agentrunner.server.extension.Extension;
import dev.agentrunner.spi.artifact.ArtifactStore;
import dev.agentrunner.spi.store.Store;
import dev.agentrunner.workspace.LocalWorkspaces;
import java.util.Collection;
import java.util.List;

/**
 * Starts runners as the settings say.
 *
 * @param extensions whose workflows they execute, beside those in the workflow folder
 */
public record Runners(Configuration configuration, List<Extension> extensions) {

    public Runners {
        extensions = List.copyOf(extensions);
    }

    /**
     * Starts a runner that owns the store.
     *
     * @param workers how many runs it executes at once; 0: it only submits and watches
     * @throws ConfigurationException if the settings contradict each other; the store stays open
     */
    public AgentRunner start(Store store, ArtifactStore artifacts, int workers) {
        AgentRunnerBuilder builder = AgentRunner.builder()
                .store(store)
                .artifacts(artifacts)
                .workspaces(LocalWorkspaces.in(DataFolder.of(configuration).workspaces()))
                .models(ModelSettings.DEFAULT
                        .provider(ollama(configuration))
                        .heartbeat(configuration.duration(Setting.LLM_HEARTBEAT)))
                .secrets(configuration.secrets())
                .workers(workers)
                .cancelGrace(configuration.duration(Setting.CANCEL_GRACE))
                .drainGrace(configuration.duration(Setting.DRAIN_GRACE))
                .maxRecoveries(configuration.number(Setting.MAX_RECOVERIES))
                .workflows(WorkflowFolder.files(configuration, configuration.path(Setting.WORKFLOWS)));
        liveness(builder);
        configuration
                .given(Setting.RETENTION)
                .ifPresent(keep -> builder.retention(configuration.duration(Setting.RETENTION)));
        extensions.stream()
                .map(Extension::workflows)
                .flatMap(Collection::stream)
                .forEach(builder::workflow);
        return builder.build();
    }

    private void liveness(AgentRunnerBuilder builder) {
        try {
            builder.heartbeat(
                    configuration.duration(Setting.NODE_HEARTBEAT), configuration.duration(Setting.NODE_TIMEOUT));
        } catch (IllegalArgumentException e) {
            throw new ConfigurationException(Setting.NODE_HEARTBEAT.variable() + " and "
                    + Setting.NODE_TIMEOUT.variable() + " do not go together: " + e.getMessage());
        }
    }

    /**
     * Ollama where the settings say; calls nobody yet.
     *
     * @throws ConfigurationException if that is no address
     */
    public static Ollama ollama(Configuration configuration) {
        try {
            return Ollama.builder()
                    .host(configuration.text(Setting.OLLAMA_HOST))
                    .build();
        } catch (IllegalArgumentException e) {
            throw new ConfigurationException(String.valueOf(e.getMessage()));
        }
    }
}
