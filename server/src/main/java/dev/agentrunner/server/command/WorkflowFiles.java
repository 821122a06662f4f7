package dev.agentrunner.server.command;

import dev.agentrunner.server.config.Configuration;
import dev.agentrunner.server.extension.Extension;
import dev.agentrunner.server.logging.Logging;
import dev.agentrunner.server.wiring.WorkflowFolder;
import dev.agentrunner.yaml.problem.Problem;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;

/** Checks workflow files as a server would that starts with them. */
final class WorkflowFiles {

    private WorkflowFiles() {}

    /**
     * What is wrong with a file, or with those in a folder.
     *
     * @throws IllegalArgumentException if there is no such file, or it is none that a server would look at
     */
    static List<Problem> problems(Configuration configuration, List<Extension> extensions, Path place) {
        if (!Files.exists(place)) {
            throw new IllegalArgumentException("There is no file " + place);
        }
        Path file = place.toAbsolutePath().normalize();
        boolean all = Files.isDirectory(file);
        if (!all && !file.getFileName().toString().matches(".*\\.(yaml|yml|json)")) {
            throw new IllegalArgumentException(
                    place + " would not be looked at: a workflow file ends in .yaml, .yml or .json");
        }
        // They are the answer, not news.
        Logging.configure("off", Logging.Format.TEXT, List.of());
        Path folder = all ? file : file.resolveSibling(".").normalize();
        return WorkflowFolder.look(configuration, extensions, folder).problems().stream()
                .filter(problem ->
                        all || problem.file().equals(file.getFileName().toString()))
                .toList();
    }
}
