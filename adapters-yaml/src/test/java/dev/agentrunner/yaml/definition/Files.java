package dev.agentrunner.yaml.definition;

import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Optional;
import java.util.Set;

/** Workflow files that can be used, and the host they are for. */
public final class Files {

    public static final List<String> GOOD = List.of("review.yaml", "everything.yaml", "smallest.json", "anchors.yaml");

    public static final Environment HOST = new Environment() {
        @Override
        public Optional<Set<String>> providers() {
            return Optional.of(Set.of("ollama", "other"));
        }

        @Override
        public boolean allowsEnv(String name) {
            return name.equals("HOME_PAGE");
        }
    };

    private Files() {}

    public static String good(String name) {
        try (InputStream in = Files.class.getResourceAsStream("/workflows/" + name)) {
            return new String(in.readAllBytes(), StandardCharsets.UTF_8);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    public static Definition read(String text) {
        return new DefinitionReader(HOST).read("file.yaml", text);
    }

    /** A workflow with one step, whose keys after its name are these. */
    public static String step(String keys) {
        return "name: w\nversion: '1'\nsteps:\n  - name: s\n"
                + keys.stripIndent().indent(4);
    }
}
