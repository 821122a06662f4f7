package dev.agentrunner.examples.embedding;

import static org.assertj.core.api.Assertions.assertThat;

import dev.agentrunner.AgentRunner;
import dev.agentrunner.AgentRunnerBuilder;
import dev.agentrunner.examples.embedding.Orders.Shop;
import dev.agentrunner.examples.embedding.Orders.Stock;
import dev.agentrunner.jdbc.SqliteStore;
import dev.agentrunner.workflow.Workflow;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.springframework.beans.factory.ObjectProvider;
import org.springframework.beans.factory.annotation.Value;
import org.springframework.boot.Banner;
import org.springframework.boot.builder.SpringApplicationBuilder;
import org.springframework.context.ConfigurableApplicationContext;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;
import org.springframework.context.annotation.Import;

class SpringBootTest {

    @Configuration
    @Import({Stock.class, Shop.class})
    static class Application {

        @Bean
        Workflow<String, String> order(ObjectProvider<Stock> stock) {
            return Orders.order(stock::getObject);
        }

        /** Takes every workflow that is a bean; Spring closes the runner with the context, before its workflows' services. */
        @Bean(destroyMethod = "close")
        AgentRunner runner(List<Workflow<?, ?>> workflows, Stock stock, @Value("${runs.data}") Path data) {
            AgentRunnerBuilder builder = AgentRunner.builder().store(SqliteStore.at(data.resolve("runs.db")));
            workflows.forEach(builder::workflow);
            return builder.build();
        }
    }

    @Test
    void spring_boot_wires_a_runner_and_closes_it(@TempDir Path data) throws Exception {
        AgentRunner runner;
        try (ConfigurableApplicationContext context = new SpringApplicationBuilder(Application.class)
                .bannerMode(Banner.Mode.OFF)
                .run("--runs.data=" + data)) {
            runner = context.getBean(AgentRunner.class);
            assertThat(context.getBean(Shop.class).sell("lamp")).isEqualTo("one lamp shipped");
        }
        assertThat(runner.health().draining()).isTrue();
    }
}
