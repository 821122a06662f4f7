package dev.agentrunner.examples;

import dev.agentrunner.examples.demo.Demo;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Unmatched;

/** {@code demo}. Its arguments are read by the demo itself, which hands them to another process when it crashes. */
@Command(
        name = "demo",
        mixinStandardHelpOptions = true,
        customSynopsis = {
            "agent-runner demo [--crash] [--data DIR] [--workflow NAME]",
            "       agent-runner demo --workflow inventory-v1 [--crash] [--data DIR] [DIRECTORY]"
        },
        description = "Runs a workflow and shows what happens.",
        footer = {
            "  --workflow  quarkus-bootstrap-v1 (default): models plan and write a Quarkus project, Maven tests it;",
            "              inventory-v1: takes stock of a directory (default: this one)",
            "  --crash     kills the process in the middle, starts another one, and lets it go on",
            "  --data      where the SQLite file, the artifacts and the workspaces live (default: ./data)"
        })
final class DemoCommand implements Callable<Integer> {

    @Unmatched
    private List<String> arguments = new ArrayList<>();

    @Override
    public Integer call() throws Exception {
        return Demo.main(arguments, System.out, System.err);
    }
}
