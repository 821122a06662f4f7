package dev.agentrunner.server.wiring;

import dev.agentrunner.ollama.Ollama;
import dev.agentrunner.server.config.Configuration;
import dev.agentrunner.server.config.Setting;
import dev.agentrunner.server.extension.Extension;
import dev.agentrunner.spi.error.AgentRunnerException;
import dev.agentrunner.spi.llm.ModelException;
import dev.agentrunner.spi.store.Store;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;

/**
 * Checks whether a server would find what it needs. Changes nothing: a store that does not exist is not made.
 *
 * @param configuration what such a server is told
 */
public record Inspection(Configuration configuration, List<Extension> extensions) {

    private static final int JAVA = 17;
    private static final long LITTLE = 1L << 30;

    /** All checks. */
    public List<Finding> run() {
        return List.of(java(), folder(), disk(), store(), workflows(), sandbox(), ollama());
    }

    private static Finding java() {
        String version = System.getProperty("java.vm.name") + " " + Runtime.version();
        return Runtime.version().feature() >= JAVA
                ? Finding.ok("Java", version)
                : Finding.failed("Java", version + " is too old; install " + JAVA + " or newer");
    }

    private Finding folder() {
        Path folder = DataFolder.of(configuration).folder().toAbsolutePath().normalize();
        Path there = existing(folder);
        if (!Files.isDirectory(there) || !Files.isWritable(there)) {
            return Finding.failed("Data folder", there + " cannot be written to; choose another with --data");
        }
        return Finding.ok("Data folder", folder + (there.equals(folder) ? "" : ", which the first start makes"));
    }

    private Finding disk() {
        Path there =
                existing(DataFolder.of(configuration).folder().toAbsolutePath().normalize());
        try {
            long free = Files.getFileStore(there).getUsableSpace();
            String detail = (free >> 20) + " MiB free at " + there;
            return free < LITTLE ? Finding.warning("Disk", detail + "; that is little") : Finding.ok("Disk", detail);
        } catch (IOException e) {
            return Finding.failed("Disk", there + " cannot be looked at: " + e.getMessage());
        }
    }

    private static Path existing(Path path) {
        Path there = path;
        while (!Files.exists(there) && there.getParent() != null) {
            there = there.getParent();
        }
        return there;
    }

    private Finding store() {
        Path file = DataFolder.of(configuration).database();
        if (!Stores.onPostgres(configuration) && !Files.exists(file)) {
            return Finding.ok("Store", "none yet; the first start makes " + file);
        }
        try (Store store = Stores.open(configuration)) {
            return Finding.ok(
                    "Store", store.describe() + ", runs: " + store.catalog().counts());
        } catch (AgentRunnerException e) {
            return Finding.failed("Store", String.valueOf(e.getMessage()));
        }
    }

    private Finding workflows() {
        Path folder = configuration.path(Setting.WORKFLOWS);
        if (!Files.isDirectory(folder)) {
            return Finding.warning("Workflows", "there is no folder " + folder + "; --workflows names another");
        }
        WorkflowFolder found = WorkflowFolder.look(configuration, extensions, folder);
        return found.problems().isEmpty()
                ? Finding.ok("Workflows", found.count() + " in " + folder)
                : Finding.failed(
                        "Workflows",
                        found.problems().get(0) + " (problems: "
                                + found.problems().size() + "; see 'agent-runner workflows validate " + folder + "')");
    }

    private Finding sandbox() {
        boolean there = List.of(
                        configuration.environment().getOrDefault("PATH", "").split(":"))
                .stream()
                .anyMatch(folder -> Files.isExecutable(Path.of(folder, "bwrap")));
        return there
                ? Finding.ok("Sandbox", "bubblewrap is installed")
                : Finding.warning(
                        "Sandbox", "bubblewrap is missing: commands that ask for a sandbox fail; install bubblewrap");
    }

    private Finding ollama() {
        Ollama ollama = Runners.ollama(configuration);
        try {
            int models =
                    ollama.library().map(library -> library.models().size()).orElse(0);
            String detail = ollama.client().version() + " at " + ollama.base() + ", models: " + models;
            return models == 0
                    ? Finding.warning("Ollama", detail + "; fetch one with 'ollama pull'")
                    : Finding.ok("Ollama", detail);
        } catch (ModelException e) {
            return Finding.warning("Ollama", String.valueOf(e.getMessage()));
        }
    }
}
