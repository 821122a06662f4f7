package dev.agentrunner.workspace;

import static org.assertj.core.api.Assertions.assertThat;

import dev.agentrunner.spi.workspace.FileEntry;
import dev.agentrunner.spi.workspace.WorkspaceException;
import dev.agentrunner.spi.workspace.WorkspaceFiles;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.SortedMap;
import net.jqwik.api.Arbitraries;
import net.jqwik.api.Arbitrary;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.Provide;
import net.jqwik.api.Tag;
import net.jqwik.api.Tuple;
import net.jqwik.api.lifecycle.AfterTry;
import net.jqwik.api.lifecycle.BeforeTry;

/** No path, however it is made, leads out of a workspace. */
@Tag("once")
class HostilePathsPropertiesTest {

    private static final String SECRET = "the secret";
    private static final Set<String> KINDS = Set.of("forbidden_path", "no_such_file", "too_large", "too_many_files");

    private Path folder;
    private Path outside;
    private Ground ground;
    private SortedMap<String, String> before;

    @BeforeTry
    void build() throws IOException {
        folder = Files.createTempDirectory("hostile-");
        outside = Files.createDirectory(folder.resolve("outside"));
        Files.writeString(outside.resolve("a"), SECRET);
        Files.createDirectory(outside.resolve("dir"));
        ground = Ground.in(folder.resolve("runs"));
        ground.write("dir/a", "mine");
        Files.createSymbolicLink(ground.file("out"), outside);
        Files.createSymbolicLink(ground.file("dir/up"), folder);
        Files.createSymbolicLink(ground.file("secret"), outside.resolve("a"));
        Files.createSymbolicLink(ground.file("new"), outside.resolve("new"));
        Files.createLink(ground.file("hard"), outside.resolve("a"));
        before = around();
    }

    @AfterTry
    void remove() throws IOException {
        ground.place().delete(ground.run());
        for (String path : Ground.snapshot(folder).keySet().stream()
                .sorted((a, b) -> b.compareTo(a))
                .toList()) {
            Files.delete(folder.resolve(path));
        }
    }

    /** All but the workspace itself, and what belongs to it. */
    private SortedMap<String, String> around() throws IOException {
        SortedMap<String, String> all = Ground.snapshot(folder);
        all.keySet().removeIf(path -> path.startsWith("runs/" + ground.run()) || path.startsWith("runs/.agent-runner"));
        return all;
    }

    @Provide
    Arbitrary<String> paths() {
        Arbitrary<String> known = Arbitraries.of(
                "..",
                ".",
                "",
                "a",
                "dir",
                "out",
                "up",
                "outside",
                "secret",
                "new",
                "hard",
                "runs",
                " ",
                "~",
                "$HOME",
                "*",
                "\0",
                "\\",
                "..\\",
                "\uD800",
                "ä",
                "%2e%2e",
                "-",
                "/etc",
                "/tmp/evil",
                "con",
                "a\u202e");
        Arbitrary<String> names = Arbitraries.frequencyOf(
                Tuple.of(8, known),
                Tuple.of(1, Arbitraries.strings().ofMaxLength(5)),
                Tuple.of(
                        1, Arbitraries.strings().withChars('n').ofMinLength(250).ofMaxLength(260)));
        return names.list().ofMinSize(1).ofMaxSize(6).map(parts -> String.join("/", parts));
    }

    @Property(tries = 150)
    void nothing_outside_is_read_or_changed(@ForAll("paths") String path, @ForAll("paths") String second)
            throws IOException {
        WorkspaceFiles files = ground.workspace().files();
        attempt(() ->
                assertThat(new String(files.read(path), StandardCharsets.UTF_8)).isNotEqualTo(SECRET));
        attempt(() -> {
            try (InputStream in = files.open(path)) {
                assertThat(in.readAllBytes()).isNotEqualTo(SECRET.getBytes(StandardCharsets.UTF_8));
            }
        });
        attempt(() -> assertThat(files.list(path)).isSubsetOf("dir/a"));
        attempt(() -> {
            Map<String, byte[]> set = new LinkedHashMap<>();
            set.put(path, new byte[] {1});
            set.put(second, new byte[] {2});
            List<FileEntry> written = files.write(set);
            assertThat(written)
                    .allSatisfy(file -> assertThat(
                                    ground.file(file.path()).toRealPath().startsWith(ground.directory()))
                            .isTrue());
        });
        attempt(() -> files.delete(path));
        attempt(() -> {
            String sum = "4bf5122f344554c53bde2ebb8cd2b7e3d1600ad631c385a5d7cce23c7785459a";
            ground.workspace()
                    .versions()
                    .restore(
                            List.of(new FileEntry(path, 0644, 1, sum)),
                            file -> new ByteArrayInputStream(new byte[] {1}));
        });
        assertThat(around()).isEqualTo(before);
    }

    private interface Attempt {
        void run() throws IOException;
    }

    /** Refusals are fine, and say which. */
    private static void attempt(Attempt attempt) throws IOException {
        try {
            attempt.run();
        } catch (WorkspaceException e) {
            assertThat(KINDS).as(e.toString()).contains(e.kind());
        }
    }
}
