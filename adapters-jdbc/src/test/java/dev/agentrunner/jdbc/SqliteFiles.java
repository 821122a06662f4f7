package dev.agentrunner.jdbc;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Comparator;
import java.util.stream.Stream;

/** Database files for tests that are not about how they come to be. */
public final class SqliteFiles {

    private static byte[] template = {};

    private SqliteFiles() {}

    /** The file, which has the schema if it was not there; to copy it is quicker than to make it. */
    public static Path migrated(Path file) {
        try {
            if (!Files.exists(file)) {
                Files.write(file, template());
            }
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
        return file;
    }

    private static synchronized byte[] template() throws IOException {
        if (template.length == 0) {
            Path folder = Files.createTempDirectory("agent-runner-template");
            Path file = folder.resolve("template.db");
            SqliteStore.at(file).close();
            template = Files.readAllBytes(file);
            try (Stream<Path> files = Files.walk(folder)) {
                for (Path each : files.sorted(Comparator.reverseOrder()).toList()) {
                    Files.delete(each);
                }
            }
        }
        return template;
    }
}
