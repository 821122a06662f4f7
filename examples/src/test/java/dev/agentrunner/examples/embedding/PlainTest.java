package dev.agentrunner.examples.embedding;

import static org.assertj.core.api.Assertions.assertThat;

import dev.agentrunner.AgentRunner;
import dev.agentrunner.examples.embedding.Orders.Shop;
import dev.agentrunner.examples.embedding.Orders.Stock;
import dev.agentrunner.jdbc.SqliteStore;
import dev.agentrunner.workflow.Workflow;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class PlainTest {

    @Test
    void an_application_wires_a_runner_by_hand(@TempDir Path data) throws Exception {
        Stock stock = new Stock();
        Workflow<String, String> order = Orders.order(() -> stock);
        try (AgentRunner runner = AgentRunner.builder()
                .store(SqliteStore.at(data.resolve("runs.db")))
                .workflow(order)
                .build()) {
            assertThat(new Shop(runner, order).sell("lamp")).isEqualTo("one lamp shipped");
        }
    }
}
