package dev.agentrunner.server.wiring;

import dev.agentrunner.server.config.Configuration;
import dev.agentrunner.server.config.Setting;
import dev.agentrunner.server.extension.Extension;
import dev.agentrunner.workflow.WorkflowSource;
import dev.agentrunner.yaml.YamlWorkflows;
import dev.agentrunner.yaml.problem.Problem;
import java.nio.file.Path;
import java.util.List;
import java.util.Set;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.stream.Collectors;

/**
 * What a server would find in a folder of workflow files.
 *
 * @param count of the workflows that can be used
 * @param problems of those that cannot
 */
public record WorkflowFolder(int count, List<Problem> problems) {

    public WorkflowFolder {
        problems = List.copyOf(problems);
    }

    /** Looks at a folder. What is wrong is logged, too. */
    public static WorkflowFolder look(Configuration configuration, List<Extension> extensions, Path folder) {
        AtomicInteger count = new AtomicInteger();
        try (YamlWorkflows files = files(configuration, folder)) {
            WorkflowSource.Surroundings surroundings = new WorkflowSource.Surroundings(
                    inCode(extensions), Set.of(Runners.ollama(configuration).name()));
            files.start(surroundings, found -> count.set(found.size()));
            return new WorkflowFolder(count.get(), files.problems());
        }
    }

    private static Set<String> inCode(List<Extension> extensions) {
        return extensions.stream()
                .flatMap(extension -> extension.workflows().stream())
                .map(workflow -> workflow.ref().name())
                .collect(Collectors.toUnmodifiableSet());
    }

    static YamlWorkflows files(Configuration configuration, Path folder) {
        return YamlWorkflows.in(folder)
                .environment(configuration.environment())
                .allowEnv(Set.copyOf(configuration.names(Setting.WORKFLOW_ENV)));
    }
}
