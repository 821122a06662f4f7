package dev.agentrunner.examples.embedding;

import static org.assertj.core.api.Assertions.assertThat;

import dev.agentrunner.AgentRunner;
import dev.agentrunner.AgentRunnerBuilder;
import dev.agentrunner.examples.embedding.Orders.Shop;
import dev.agentrunner.examples.embedding.Orders.Stock;
import dev.agentrunner.memory.InMemoryStore;
import dev.agentrunner.workflow.Workflow;
import jakarta.enterprise.inject.Any;
import jakarta.enterprise.inject.Disposes;
import jakarta.enterprise.inject.Instance;
import jakarta.enterprise.inject.Produces;
import jakarta.enterprise.inject.se.SeContainer;
import jakarta.enterprise.inject.se.SeContainerInitializer;
import jakarta.inject.Provider;
import jakarta.inject.Singleton;
import org.junit.jupiter.api.Test;

class CdiTest {

    /** The runner is a final class: it is produced as a singleton, not in a scope that would need a proxy. */
    @Singleton
    static class Runs {

        @Produces
        @Singleton
        Workflow<String, String> order(Provider<Stock> stock) {
            return Orders.order(stock::get);
        }

        @Produces
        @Singleton
        AgentRunner runner(@Any Instance<Workflow<?, ?>> workflows) {
            AgentRunnerBuilder builder = AgentRunner.builder().store(new InMemoryStore());
            workflows.forEach(builder::workflow);
            return builder.build();
        }

        void close(@Disposes AgentRunner runner) {
            runner.close();
        }
    }

    @Test
    void cdi_wires_a_runner_and_closes_it() throws Exception {
        AgentRunner runner;
        try (SeContainer container = SeContainerInitializer.newInstance()
                .disableDiscovery()
                .addBeanClasses(Runs.class, Stock.class, Shop.class)
                .initialize()) {
            runner = container.select(AgentRunner.class).get();
            assertThat(container.select(Shop.class).get().sell("lamp")).isEqualTo("one lamp shipped");
        }
        assertThat(runner.health().draining()).isTrue();
    }
}
