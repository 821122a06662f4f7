package dev.agentrunner.server.wiring;

import dev.agentrunner.server.config.Configuration;
import dev.agentrunner.server.config.Setting;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;

/** What lies where in the data folder. */
public record DataFolder(Path folder) {

    public static DataFolder of(Configuration configuration) {
        return new DataFolder(configuration.path(Setting.DATA));
    }

    /**
     * Writes a file there, and deletes it.
     *
     * @throws IOException if that fails
     */
    Path requireWritable() throws IOException {
        Path probe = Files.createTempFile(Files.createDirectories(folder), ".writable", null);
        Files.delete(probe);
        return folder;
    }

    public Path database() {
        return folder.resolve("agent-runner.db");
    }

    public Path artifacts() {
        return folder.resolve("artifacts");
    }

    public Path workspaces() {
        return folder.resolve("workspaces");
    }
}
