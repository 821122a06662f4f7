package dev.agentrunner.files;

import static org.assertj.core.api.Assertions.assertThat;

import dev.agentrunner.spi.model.Blob;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Set;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** What only a folder can get wrong. */
final class SweepTest {

    @TempDir
    Path folder;

    private static Blob put(FileArtifactStore store, String text) throws IOException {
        return store.put(new ByteArrayInputStream(text.getBytes(java.nio.charset.StandardCharsets.UTF_8)));
    }

    private Path place(Blob blob) {
        String sum = blob.sha256();
        return folder.resolve(sum.substring(0, 2)).resolve(sum.substring(2, 4)).resolve(sum);
    }

    private Path aside(Blob blob) throws IOException {
        return Files.move(place(blob), folder.resolve("doomed").resolve(blob.sha256()));
    }

    @Test
    void a_blob_that_a_sweep_has_moved_aside_can_be_read() throws Exception {
        FileArtifactStore store = FileArtifactStore.at(folder);
        Blob blob = put(store, "aside");
        aside(blob);
        try (InputStream in = store.open(blob)) {
            assertThat(in.readAllBytes()).asString().isEqualTo("aside");
        }
    }

    @Test
    void what_a_killed_sweep_has_moved_aside_is_put_back() throws Exception {
        FileArtifactStore store = FileArtifactStore.at(folder);
        Blob blob = put(store, "aside");
        Path aside = aside(blob);
        FileArtifactStore.at(folder).sweep(Duration.ofDays(1), sums -> Set.of());
        assertThat(aside).doesNotExist();
        assertThat(place(blob)).hasContent("aside");
    }

    @Test
    void a_second_sweep_of_the_same_folder_does_nothing() throws Exception {
        FileArtifactStore store = FileArtifactStore.at(folder);
        put(store, "one");
        int[] inner = {-1};
        int outer = store.sweep(Duration.ZERO, sums -> {
            try {
                inner[0] = FileArtifactStore.at(folder).sweep(Duration.ZERO, all -> Set.of());
            } catch (IOException e) {
                throw new AssertionError(e);
            }
            return Set.of();
        });
        assertThat(inner[0]).isZero();
        assertThat(outer).isEqualTo(1);
    }

    @Test
    void files_of_others_are_left_alone() throws Exception {
        FileArtifactStore store = FileArtifactStore.at(folder);
        Path note = Files.writeString(folder.resolve("README"), "mine");
        Path inFan = Files.createDirectories(folder.resolve("ab/cd")).resolve("notes.txt");
        Files.writeString(inFan, "mine, too");
        assertThat(store.sweep(Duration.ZERO, sums -> Set.of())).isZero();
        assertThat(note).exists();
        assertThat(inFan).exists();
    }

    @Test
    void a_blob_is_a_plain_file_below_two_levels_of_folders() throws Exception {
        Blob blob = put(FileArtifactStore.at(folder), "x");
        assertThat(place(blob)).isRegularFile().hasContent("x");
        assertThat(folder.resolve("incoming")).isEmptyDirectory();
        assertThat(blob.uri()).isEqualTo("file:" + folder.relativize(place(blob)));
    }
}
