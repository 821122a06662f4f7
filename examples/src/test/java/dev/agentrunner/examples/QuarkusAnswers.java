package dev.agentrunner.examples;

import dev.agentrunner.spi.llm.ChatRequest;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/** What the planner and the coder of {@code quarkus-bootstrap-v1} answer: written by hand, in the form that models use. */
final class QuarkusAnswers {

    private static final String CATALOGUE = "src/main/java/org/acme/catalogue/Catalogue.java";

    private QuarkusAnswers() {}

    static Path folder() {
        Path here = Path.of("").toAbsolutePath();
        Path module = Files.isDirectory(here.resolve("workflows")) ? here : here.resolve("examples");
        return module.resolve("src/test/resources/quarkus");
    }

    static String plan() {
        return read(folder().resolve("PLAN.md"));
    }

    /** The answer to each request: a plan, or a project that builds. */
    static String good(ChatRequest request) {
        return request.model().startsWith("gemma") ? plan() : project();
    }

    static String project() {
        return "The project, file by file.\n\n"
                + files().stream().map(QuarkusAnswers::marked).collect(Collectors.joining("\n"));
    }

    /** The project with a mistake in it. */
    static String brokenProject() {
        return project().replace(marked(CATALOGUE), marked(CATALOGUE, read(folder().resolve("Catalogue.broken.java"))));
    }

    /** The file that mends it. */
    static String repair() {
        return "The imports were of an older package.\n\n" + marked(CATALOGUE);
    }

    static List<String> files() {
        Path root = folder().resolve("project");
        try (Stream<Path> all = Files.walk(root)) {
            return all.filter(Files::isRegularFile)
                    .map(file -> root.relativize(file).toString())
                    .sorted()
                    .toList();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private static String marked(String path) {
        return marked(path, read(folder().resolve("project").resolve(path)));
    }

    private static String marked(String path, String text) {
        return "=== FILE: " + path + " ===\n" + text + (text.endsWith("\n") ? "" : "\n") + "=== END FILE ===\n";
    }

    static String read(Path file) {
        try {
            return Files.readString(file);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
