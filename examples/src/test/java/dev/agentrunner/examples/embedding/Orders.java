package dev.agentrunner.examples.embedding;

import dev.agentrunner.AgentRunner;
import dev.agentrunner.client.SubmitOptions;
import dev.agentrunner.workflow.Workflow;
import jakarta.inject.Inject;
import jakarta.inject.Singleton;
import java.util.function.Supplier;

/** What an application has anyway: here a service that keeps stock, a workflow that uses it, and who starts that. */
final class Orders {

    private Orders() {}

    /** A service of the application. */
    @Singleton
    static class Stock {
        String reserve(String article) {
            return "one " + article;
        }
    }

    /** The workflow, with what it needs. */
    static Workflow<String, String> order(Supplier<Stock> stock) {
        return Workflow.named("order", "1")
                .input(String.class)
                .output(String.class)
                .body((run, article) -> {
                    String reserved = run.step(
                            "reserve", String.class, step -> stock.get().reserve(article));
                    return run.step("ship", String.class, step -> reserved + " shipped");
                });
    }

    /** Starts runs on behalf of whoever orders; asks twice for the same order, as callers do. */
    @Singleton
    static class Shop {

        private final AgentRunner runner;
        private final Workflow<String, String> order;

        @Inject
        Shop(AgentRunner runner, Workflow<String, String> order) {
            this.runner = runner;
            this.order = order;
        }

        String sell(String article) throws InterruptedException {
            SubmitOptions once = SubmitOptions.DEFAULT.idempotencyKey("order-" + article);
            runner.submit(order, article, once);
            return runner.submit(order, article, once).await(String.class);
        }
    }
}
