package dev.agentrunner.examples.embedding;

import static org.assertj.core.api.Assertions.assertThat;

import com.google.inject.AbstractModule;
import com.google.inject.Guice;
import com.google.inject.Injector;
import com.google.inject.Provides;
import dev.agentrunner.AgentRunner;
import dev.agentrunner.examples.embedding.Orders.Shop;
import dev.agentrunner.examples.embedding.Orders.Stock;
import dev.agentrunner.jdbc.SqliteStore;
import dev.agentrunner.workflow.Workflow;
import jakarta.inject.Provider;
import jakarta.inject.Singleton;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class GuiceTest {

    /** Runs go on as soon as the runner is there: what they need is asked for then, not before. */
    static final class Runs extends AbstractModule {

        private final Path data;

        Runs(Path data) {
            this.data = data;
        }

        @Provides
        @Singleton
        Workflow<String, String> order(Provider<Stock> stock) {
            return Orders.order(stock::get);
        }

        @Provides
        @Singleton
        AgentRunner runner(Workflow<String, String> order) {
            return AgentRunner.builder()
                    .store(SqliteStore.at(data.resolve("runs.db")))
                    .workflow(order)
                    .build();
        }
    }

    @Test
    void guice_wires_a_runner(@TempDir Path data) throws Exception {
        Injector injector = Guice.createInjector(new Runs(data));
        // Guice ends nothing by itself: whoever ends the application closes the runner.
        try (AgentRunner runner = injector.getInstance(AgentRunner.class)) {
            assertThat(injector.getInstance(Shop.class).sell("lamp")).isEqualTo("one lamp shipped");
            assertThat(runner.workflows()).hasSize(1);
        }
    }
}
