package dev.agentrunner.workspace;

import static org.assertj.core.api.Assertions.assertThat;

import dev.agentrunner.spi.workspace.FileEntry;
import dev.agentrunner.spi.workspace.WorkspaceVersions;
import dev.agentrunner.spi.workspace.WorkspaceVersions.Contents;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.SortedMap;
import net.jqwik.api.Arbitraries;
import net.jqwik.api.Arbitrary;
import net.jqwik.api.Combinators;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.Provide;
import net.jqwik.api.Tag;

/** Whatever was built in a workspace, and whatever was done to it then, it is put back. */
@Tag("once")
class RestorePropertiesTest {

    private enum Kind {
        WRITE,
        GROW,
        DELETE,
        FOLDER,
        LINK,
        HARD_LINK,
        CHMOD,
        MOVE
    }

    private record Change(Kind kind, String path, String other) {

        /** Does it as far as it can be done; what is in the way goes. */
        void apply(Path root) {
            Path target = root.resolve(path);
            Path second = root.resolve(other);
            try {
                switch (kind) {
                    case WRITE -> write(target, other);
                    case GROW -> write(target, path + other);
                    case DELETE -> delete(target);
                    case FOLDER -> Files.createDirectories(target);
                    case LINK -> Files.createSymbolicLink(target, second);
                    case HARD_LINK -> Files.createLink(target, second);
                    case CHMOD -> Files.setPosixFilePermissions(target, PosixFilePermissions.fromString("rwxr-x--x"));
                    case MOVE -> Files.move(target, second);
                }
            } catch (IOException e) {
                return;
            }
        }

        private static void write(Path target, String text) throws IOException {
            Files.createDirectories(target.getParent());
            Files.writeString(target, text);
        }

        private static void delete(Path target) throws IOException {
            if (Files.isDirectory(target)) {
                for (Path below : Ground.snapshot(target).keySet().stream()
                        .sorted((a, b) -> b.compareTo(a))
                        .map(target::resolve)
                        .toList()) {
                    Files.delete(below);
                }
            } else {
                Files.deleteIfExists(target);
            }
        }
    }

    @Provide
    Arbitrary<List<Change>> changes() {
        Arbitrary<String> names = Arbitraries.of("a", "b", "c.txt", "ä", "A.class", "target", "a b", "\n");
        Arbitrary<String> paths = names.list().ofMinSize(1).ofMaxSize(3).map(parts -> String.join("/", parts));
        return Combinators.combine(Arbitraries.of(Kind.class), paths, paths)
                .as(Change::new)
                .list()
                .ofMaxSize(20);
    }

    @Property(tries = 150)
    void what_was_scanned_is_there_again_and_nothing_else_is(
            @ForAll("changes") List<Change> building, @ForAll("changes") List<Change> spoiling) throws IOException {
        Path folder = Files.createTempDirectory("restore-");
        Ground ground = Ground.in(folder);
        Path root = ground.directory();
        WorkspaceVersions versions = ground.workspace().versions();
        building.forEach(change -> change.apply(root));
        Contents before = versions.scan();
        Map<String, byte[]> kept = new HashMap<>();
        for (FileEntry file : before.files()) {
            kept.put(file.sha256(), ground.workspace().files().read(file.path()));
        }
        spoiling.forEach(change -> change.apply(root));
        List<FileEntry> spoilt = versions.scan().files();

        List<String> touched =
                versions.restore(before.files(), file -> new ByteArrayInputStream(kept.get(file.sha256())));

        assertThat(versions.scan()).isEqualTo(new Contents(before.files(), List.of()));
        for (FileEntry file : before.files()) {
            assertThat(Files.readAllBytes(root.resolve(file.path()))).isEqualTo(kept.get(file.sha256()));
        }
        assertThat(touched).isSorted().doesNotHaveDuplicates();
        for (FileEntry file : spoilt) {
            assertThat(before.files().contains(file)).isNotEqualTo(touched.contains(file.path()));
        }
        SortedMap<String, String> all = Ground.snapshot(root);
        assertThat(all.keySet())
                .filteredOn(path -> !path.isEmpty() && Files.isDirectory(root.resolve(path)))
                .filteredOn(path -> !("/" + path + "/").matches("(?s).*/(target|A\\.class)/.*"))
                .allSatisfy(path -> assertThat(root.resolve(path)).isNotEmptyDirectory());
        assertThat(versions.restore(before.files(), file -> {
                    throw new IOException("nothing is to be written");
                }))
                .isEmpty();
        ground.place().delete(ground.run());
        assertThat(root).doesNotExist();
        Files.delete(folder.resolve(".agent-runner"));
        Files.delete(folder);
    }

    @Property(tries = 100)
    void restoring_to_any_list_of_files_gives_that_list(
            @ForAll("changes") List<Change> building, @ForAll("changes") List<Change> wanted) throws IOException {
        Path folder = Files.createTempDirectory("restore-");
        Ground there = Ground.in(folder);
        Ground here = Ground.in(folder);
        building.forEach(change -> change.apply(there.directory()));
        wanted.forEach(change -> change.apply(here.directory()));
        List<FileEntry> files = here.workspace().versions().scan().files();
        there.workspace()
                .versions()
                .restore(files, file -> here.workspace().files().open(file.path()));
        assertThat(there.workspace().versions().scan().files()).isEqualTo(files);
        there.place().delete(there.run());
        here.place().delete(here.run());
        assertThat(there.place().runs()).isEmpty();
        Files.delete(folder.resolve(".agent-runner"));
        Files.delete(folder);
    }
}
