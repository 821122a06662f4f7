package dev.agentrunner.yaml.folder;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.agentrunner.yaml.folder.Folder.Found;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.FileTime;
import java.time.Duration;
import java.time.Instant;
import java.util.Arrays;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class FolderTest {

    private static final Instant LONG_AGO = Instant.parse("2020-01-01T00:00:00Z");

    @TempDir
    Path path;

    private Instant now = LONG_AGO.plus(Duration.ofHours(1));

    @Test
    void only_workflow_files_are_read_and_no_hidden_ones() throws IOException {
        for (String name : new String[] {
            "a.yaml", "b.yml", "c.json", ".hidden.yaml", ".yaml", "d.txt", "e.yaml~", "f.yaml.swp", "G.YAML", "yaml"
        }) {
            Files.writeString(path.resolve(name), "x");
        }
        Files.createDirectory(path.resolve("inner"));
        Files.writeString(path.resolve("inner/h.yaml"), "x");

        assertThat(folder().look().keySet()).containsExactly("a.yaml", "b.yml", "c.json");
    }

    @Test
    void links_directories_and_special_files_are_told_and_never_opened() throws Exception {
        Files.writeString(path.resolve("real.txt"), "x");
        Files.createSymbolicLink(path.resolve("link.yaml"), path.resolve("real.txt"));
        Files.createSymbolicLink(path.resolve("nowhere.yaml"), path.resolve("gone"));
        Files.createDirectory(path.resolve("dir.yaml"));
        Process mkfifo = new ProcessBuilder("mkfifo", path.resolve("fifo.yaml").toString()).start();
        assertThat(mkfifo.waitFor(1, TimeUnit.MINUTES)).isTrue();

        var files = folder().look();

        assertThat(files.keySet()).containsExactly("dir.yaml", "fifo.yaml", "link.yaml", "nowhere.yaml");
        assertThat(files.values()).allSatisfy(found -> {
            assertThat(found.text()).isNull();
            assertThat(found.problem()).contains("only regular files are read");
        });
    }

    @Test
    void a_file_of_one_mebibyte_is_read_and_no_larger_one() throws IOException {
        byte[] most = new byte[1 << 20];
        Arrays.fill(most, (byte) '#');
        Files.write(path.resolve("most.yaml"), most);
        Files.write(path.resolve("more.yaml"), Arrays.copyOf(most, most.length + 1));
        Files.write(path.resolve("much.yaml"), new byte[10 << 20]);

        var files = folder().look();

        assertThat(files.get("most.yaml").text()).hasSize(1 << 20);
        assertThat(files.get("more.yaml").problem()).contains("more than the 1 MiB");
        assertThat(files.get("much.yaml").problem()).contains("more than the 1 MiB");
    }

    @Test
    void what_is_no_utf_8_is_told() throws IOException {
        Files.write(path.resolve("a.yaml"), new byte[] {'n', (byte) 0xE4, 'x'});
        Files.writeString(path.resolve("b.yaml"), "ä 🎉");

        var files = folder().look();

        assertThat(files.get("a.yaml")).isEqualTo(new Found(null, "is no UTF-8; save it as UTF-8"));
        assertThat(files.get("b.yaml")).isEqualTo(new Found("ä 🎉", null));
    }

    @Test
    void a_folder_that_is_not_there_is_empty_and_may_come_and_go() throws IOException {
        Path later = path.resolve("later");
        Folder folder = new Folder(later, () -> now);
        assertThat(folder.look()).isEmpty();

        Files.createDirectory(later);
        Files.writeString(later.resolve("a.yaml"), "x");
        assertThat(folder.look()).hasSize(1);

        Files.delete(later.resolve("a.yaml"));
        Files.delete(later);
        assertThat(folder.look()).isEmpty();
    }

    @Test
    void a_folder_that_is_a_file_is_no_folder() throws IOException {
        Path file = Files.writeString(path.resolve("file"), "");

        assertThatThrownBy(() -> new Folder(file, () -> now).look()).isInstanceOf(UncheckedIOException.class);
    }

    @Test
    void a_file_that_looks_the_same_is_read_again_only_while_it_is_fresh() throws IOException {
        Path file = path.resolve("a.yaml");
        write(file, "one");
        Folder folder = folder();
        now = LONG_AGO.plusMillis(500);
        assertThat(folder.look().get("a.yaml").text()).isEqualTo("one");

        write(file, "two");
        assertThat(folder.look().get("a.yaml").text()).as("just written").isEqualTo("two");

        now = LONG_AGO.plusSeconds(10);
        assertThat(folder.look().get("a.yaml").text()).isEqualTo("two");
        write(file, "six");
        assertThat(folder.look().get("a.yaml").text()).as("settled").isEqualTo("two");

        Files.writeString(file, "seven");
        assertThat(folder.look().get("a.yaml").text()).as("another size").isEqualTo("seven");
    }

    @Test
    void a_file_that_replaces_another_is_read_even_if_it_looks_the_same() throws IOException {
        Path file = path.resolve("a.yaml");
        write(file, "one");
        Folder folder = folder();
        folder.look();
        Path next = path.resolve("next");
        write(next, "two");
        Files.move(next, file, java.nio.file.StandardCopyOption.ATOMIC_MOVE);

        assertThat(folder.look().get("a.yaml").text()).isEqualTo("two");
    }

    private static void write(Path file, String text) throws IOException {
        Files.writeString(file, text);
        Files.setLastModifiedTime(file, FileTime.from(LONG_AGO));
    }

    private Folder folder() {
        return new Folder(path, () -> now);
    }
}
