package dev.agentrunner.engine;

import dev.agentrunner.AgentRunner;
import dev.agentrunner.AgentRunnerBuilder;
import dev.agentrunner.client.RunHandle;
import dev.agentrunner.spi.model.Event;
import dev.agentrunner.spi.store.Store;
import dev.agentrunner.workflow.Workflow;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.AfterEach;

/** What the engine's contracts share: runners on one store, closed after each test. */
public abstract class EngineContract {

    static final Duration SOON = Duration.ofSeconds(30);

    private final List<AgentRunner> runners = new ArrayList<>();

    /** A new connection to the store of this test; the runner closes it. */
    protected abstract Store connect() throws Exception;

    protected AgentRunner runner(Workflow<?, ?>... workflows) throws Exception {
        return start(AgentRunner.builder(), workflows);
    }

    protected AgentRunner start(AgentRunnerBuilder builder, Workflow<?, ?>... workflows) throws Exception {
        for (Workflow<?, ?> each : workflows) {
            builder.workflow(each);
        }
        AgentRunner runner = builder.store(connect()).build();
        runners.add(runner);
        return runner;
    }

    protected static List<Event> log(AgentRunner runner, RunHandle run) {
        return runner.store().log().read(run.id(), 0, 10_000);
    }

    protected static List<String> types(AgentRunner runner, RunHandle run) {
        return log(runner, run).stream().map(event -> event.type().name()).toList();
    }

    @AfterEach
    void closeRunners() {
        runners.forEach(AgentRunner::close);
    }
}
