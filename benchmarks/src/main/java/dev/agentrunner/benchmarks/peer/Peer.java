package dev.agentrunner.benchmarks.peer;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/** The engines that are measured; each has a folder with its own class path. */
enum Peer {
    AGENT_RUNNER("agent-runner", "agent-runner"),
    DBOS("DBOS Transact 1.1.0-m6", "dbos"),
    DB_SCHEDULER("db-scheduler 16.12.0", "db-scheduler"),
    JOBRUNR("JobRunr 8.7.0", "jobrunr"),
    TEMPORAL("Temporal SDK 1.38.0, in-memory test server", "temporal"),
    LANGGRAPH4J("LangGraph4j, Postgres saver", "langgraph4j");

    /** As tables name it. */
    final String title;

    private final String folder;

    Peer(String title, String folder) {
        this.title = title;
        this.folder = folder;
    }

    /** Its jars, which {@code ./bench} builds. */
    String classPath() {
        Path target = Path.of(System.getProperty("agent-runner.home", "."), "benchmarks", "peers", folder, "target");
        try (Stream<Path> jars = Files.list(target)) {
            String own = jars.filter(each ->
                            each.getFileName().toString().matches("agent-runner-peer-.*(?<!-sources|-javadoc)\\.jar"))
                    .map(Path::toString)
                    .collect(Collectors.joining(":"));
            return own + ":" + target.resolve("lib") + "/*";
        } catch (IOException e) {
            throw new UncheckedIOException(title + " is not built; use ./bench", e);
        }
    }
}
