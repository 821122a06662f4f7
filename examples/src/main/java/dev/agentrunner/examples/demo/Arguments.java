package dev.agentrunner.examples.demo;

import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.List;

/**
 * What the demo was asked for.
 *
 * @param workflow its name
 * @param directory to take stock of, where that is what the workflow does
 * @param data where the store, the artifacts and the workspaces live
 * @param crash whether to kill it in the middle
 * @param key which run: a second process with the same key goes on with it; empty for a new one
 */
public record Arguments(String workflow, Path directory, Path data, boolean crash, String key) {

    static final String QUARKUS = "quarkus-bootstrap-v1";
    static final String INVENTORY = "inventory-v1";
    static final String USAGE = "usage: agent-runner demo [--crash] [--data DIR] [--workflow " + QUARKUS
            + " | --workflow " + INVENTORY + " [DIRECTORY]]";

    /**
     * Reads the command line.
     *
     * @throws IllegalArgumentException with a message for people
     */
    static Arguments parse(List<String> args) {
        String workflow = QUARKUS;
        Path directory = null;
        Path data = Path.of("data");
        boolean crash = false;
        String key = "";
        for (Deque<String> rest = new ArrayDeque<>(args); !rest.isEmpty(); ) {
            String arg = rest.remove();
            switch (arg) {
                case "--crash" -> crash = true;
                case "--workflow" -> workflow = value(arg, rest);
                case "--data" -> data = Path.of(value(arg, rest));
                case "--key" -> key = value(arg, rest);
                default -> {
                    if (arg.startsWith("-")) {
                        throw new IllegalArgumentException("Unknown option " + arg + "\n" + USAGE);
                    }
                    directory = Path.of(arg);
                }
            }
        }
        if (!List.of(QUARKUS, INVENTORY).contains(workflow)) {
            throw new IllegalArgumentException("The demo has no workflow '" + workflow + "'\n" + USAGE);
        }
        if (directory != null && !workflow.equals(INVENTORY)) {
            throw new IllegalArgumentException("Only " + INVENTORY + " takes a directory\n" + USAGE);
        }
        Path place = directory == null ? Path.of(".") : directory;
        if (!Files.isDirectory(place)) {
            throw new IllegalArgumentException("There is no directory " + place + "\n" + USAGE);
        }
        return new Arguments(workflow, place, data, crash, key);
    }

    private static String value(String option, Deque<String> rest) {
        if (rest.isEmpty()) {
            throw new IllegalArgumentException(option + " needs a value\n" + USAGE);
        }
        return rest.remove();
    }

    /** Where a person finds the bytes of an artifact. */
    Path artifacts() {
        return data.resolve("artifacts");
    }

    Path workspaces() {
        return data.resolve("workspaces");
    }
}
