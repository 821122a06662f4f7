package dev.agentrunner.examples.demo;

import java.io.File;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import java.util.Map;

/** Where the demo finds what it does not carry with it. */
final class Home {

    /** The launcher says where it is; without it, whoever starts the demo is in the project's directory or below. */
    private static final String PROPERTY = "agent-runner.home";

    private Home() {}

    static Path workflows() {
        Path here = Path.of(System.getProperty(PROPERTY, ".")).toAbsolutePath().normalize();
        for (Path each = here; each != null; each = each.getParent()) {
            Path folder = each.resolve("examples/workflows");
            if (Files.isDirectory(folder)) {
                return folder;
            }
        }
        throw new IllegalStateException("There is no folder examples/workflows at or above " + here
                + "; start the demo in a clone of the project, or set -D" + PROPERTY);
    }

    /** The Maven that is installed, else the project's own wrapper. */
    static List<String> maven(Map<String, String> environment) {
        boolean installed = Arrays.stream(environment.getOrDefault("PATH", "").split(File.pathSeparator))
                .map(folder -> Path.of(folder, "mvn"))
                .anyMatch(Files::isExecutable);
        Path wrapper = workflows().resolve("../../mvnw").normalize();
        return List.of(installed ? "mvn" : wrapper.toString());
    }
}
