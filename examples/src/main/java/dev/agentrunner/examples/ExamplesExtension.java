package dev.agentrunner.examples;

import dev.agentrunner.examples.inventory.Inventory;
import dev.agentrunner.server.extension.Extension;
import dev.agentrunner.workflow.Workflow;
import java.util.List;

/** Adds the examples to the command line, and their workflow in code to the server. */
public final class ExamplesExtension implements Extension {

    @Override
    public List<Workflow<?, ?>> workflows() {
        return List.of(Inventory.WORKFLOW);
    }

    @Override
    public List<Object> commands() {
        return List.of(new DemoCommand(), new ExampleCommand());
    }
}
