package dev.agentrunner.core.execution;

import static org.assertj.core.api.Assertions.assertThat;

import dev.agentrunner.core.llm.Models;
import dev.agentrunner.llm.ModelSettings;
import dev.agentrunner.spi.model.RunId;
import dev.agentrunner.spi.workspace.Workspace;
import dev.agentrunner.spi.workspace.WorkspacePolicy;
import dev.agentrunner.spi.workspace.Workspaces;
import java.time.Duration;
import java.util.List;
import org.junit.jupiter.api.Test;

class SettingsTest {

    private static final class Nowhere implements Workspaces {
        @Override
        public Workspace open(RunId run, WorkspacePolicy policy) {
            throw new UnsupportedOperationException();
        }

        @Override
        public List<RunId> runs() {
            return List.of();
        }

        @Override
        public void delete(RunId run) {}
    }

    @Test
    void each_setting_changes_by_itself() {
        Models models = new Models(ModelSettings.DEFAULT);
        Workspaces places = new Nowhere();
        Duration grace = Duration.ofSeconds(3);

        assertThat(Settings.DEFAULT
                        .cancelGrace(grace)
                        .maxRecoveries(4)
                        .models(models)
                        .workspaces(places))
                .isEqualTo(new Settings(Settings.DEFAULT.parkGrace(), grace, 4, models, places));
        assertThat(Settings.DEFAULT
                        .workspaces(places)
                        .models(models)
                        .maxRecoveries(4)
                        .cancelGrace(grace))
                .isEqualTo(new Settings(Settings.DEFAULT.parkGrace(), grace, 4, models, places));
    }
}
