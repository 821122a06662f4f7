package dev.agentrunner.tck;

import static org.assertj.core.api.Assertions.assertThat;

import dev.agentrunner.spi.workspace.FileEntry;
import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;

/**
 * Files, and nothing outside.
 *
 * <p>On failure look at what is opened on the way to a file, and at what is checked before anything is written.
 */
abstract class WorkspaceFilesContract extends WithWorkspace {

    private static final String ABC = "ba7816bf8f01cfea414140de5dae2223b00361a396177a9cb410ff61f20015ad";

    private static final List<String> HOSTILE = List.of(
            "",
            "/",
            "/etc/passwd",
            "..",
            "../x",
            "a/../x",
            "a/..",
            ".",
            "./a",
            "a/./b",
            "a//b",
            "a/",
            "/a",
            "a\\b",
            "a\0b",
            "..\\x");

    @Test
    void writers_at_once_lose_nothing_also_in_directories_that_none_has_made_yet() {
        for (int round = 0; round < 20; round++) {
            String directory = "round-" + round;
            Together.run(4, index -> files().write(Map.of(directory + "/" + index, new byte[] {1})));
            assertThat(files().list(directory)).hasSize(4);
        }
    }

    @Test
    void what_was_written_is_read_listed_and_deleted() throws Exception {
        Map<String, byte[]> contents = new LinkedHashMap<>();
        contents.put("b/deep/er.txt", bytes("abc"));
        contents.put("a.bin", Noise.bytes(300_000, 1));
        contents.put("b-empty", new byte[0]);
        assertThat(files().write(contents))
                .extracting(FileEntry::path)
                .containsExactly("b/deep/er.txt", "a.bin", "b-empty");
        assertThat(files().read("a.bin")).isEqualTo(contents.get("a.bin"));
        try (InputStream in = files().open("b/deep/er.txt")) {
            assertThat(in.readAllBytes()).isEqualTo(bytes("abc"));
        }
        assertThat(files().list("")).containsExactly("a.bin", "b-empty", "b/deep/er.txt");
        assertThat(files().list("b")).containsExactly("b/deep/er.txt");
        files().delete("b/deep/er.txt");
        files().delete("b/deep/er.txt");
        files().delete("never/was");
        assertThat(files().list("")).containsExactly("a.bin", "b-empty");
    }

    @Test
    void an_entry_says_what_was_written_and_a_file_that_is_replaced_keeps_its_mode() throws Exception {
        assertThat(files().write(Map.of("x", bytes("abc")))).containsExactly(new FileEntry("x", 0644, 3, ABC));
        Files.setPosixFilePermissions(file("x"), PosixFilePermissions.fromString("rwxr-x---"));
        assertThat(files().write(Map.of("x", bytes("abc")))).containsExactly(new FileEntry("x", 0750, 3, ABC));
        assertThat(Files.getPosixFilePermissions(file("x"))).isEqualTo(PosixFilePermissions.fromString("rwxr-x---"));
    }

    @Test
    void a_path_that_leads_out_or_says_nothing_is_refused() {
        for (String path : HOSTILE) {
            assertRefused("forbidden_path", () -> files().read(path));
            assertRefused("forbidden_path", () -> files().open(path).close());
            assertRefused("forbidden_path", () -> files().delete(path));
            assertRefused("forbidden_path", () -> write(path, "x"));
            if (!path.isEmpty()) {
                assertRefused("forbidden_path", () -> files().list(path));
            }
        }
        assertThat(files().list("")).isEmpty();
    }

    @Test
    void names_and_paths_have_a_limit() {
        assertRefused("forbidden_path", () -> write("n".repeat(256), "x"));
        assertRefused("forbidden_path", () -> write("ä".repeat(128), "x"));
        assertRefused("forbidden_path", () -> write("d/".repeat(2_000) + "x", "x"));
        write("n".repeat(255), "x");
        assertThat(files().list("")).containsExactly("n".repeat(255));
    }

    @Test
    void links_lead_nowhere() throws Exception {
        Path secret = Files.writeString(shared.resolve("secret"), "secret");
        write("dir/a", "a");
        Files.createSymbolicLink(file("file-link"), secret);
        Files.createSymbolicLink(file("dir-link"), shared);
        Files.createSymbolicLink(file("inner-link"), file("dir/a"));
        Files.createSymbolicLink(file("dangling"), shared.resolve("new"));
        Files.createLink(file("hard-link"), secret);
        for (String path : new String[] {"file-link", "dir-link/secret", "inner-link", "dangling", "hard-link"}) {
            assertRefused("forbidden_path", () -> files().read(path));
            assertRefused("forbidden_path", () -> files().open(path).close());
            assertRefused("forbidden_path", () -> write(path, "x"));
            assertRefused("forbidden_path", () -> files().delete(path));
        }
        assertRefused("forbidden_path", () -> files().list("dir-link"));
        assertThat(files().list("")).containsExactly("dir/a");
        assertThat(shared).isDirectoryContaining(secret::equals).isDirectoryNotContaining(f -> f.endsWith("new"));
        assertThat(secret).hasContent("secret");
    }

    @Test
    void special_files_are_refused_and_nobody_waits_for_them() throws Exception {
        assertThat(run("mkfifo fifo").exitCode()).isZero();
        assertRefused("forbidden_path", () -> files().read("fifo"));
        assertRefused("forbidden_path", () -> files().read("fifo/x"));
        assertRefused("forbidden_path", () -> files().list("fifo"));
        assertRefused("forbidden_path", () -> write("fifo", "x"));
        assertRefused("forbidden_path", () -> files().delete("fifo"));
        assertThat(files().list("")).isEmpty();
        assertThat(workspace().versions().scan().leftOut()).hasSize(1);
    }

    @Test
    void directories_are_no_files_and_files_no_directories() {
        write("dir/a", "a");
        assertRefused("forbidden_path", () -> files().read("dir"));
        assertRefused("forbidden_path", () -> write("dir", "x"));
        assertRefused("forbidden_path", () -> write("dir/a/b", "x"));
        assertRefused("forbidden_path", () -> files().delete("dir"));
        assertRefused("no_such_file", () -> files().read("dir/a/b"));
        assertRefused("no_such_file", () -> files().read("none"));
        assertRefused("no_such_file", () -> files().list("none"));
        assertThat(read("dir/a")).isEqualTo("a");
    }

    @Test
    void a_set_with_one_file_that_cannot_be_is_not_written_at_all() throws Exception {
        write("dir/a", "old");
        Files.createSymbolicLink(file("link"), shared);
        for (String bad : new String[] {"../x", "dir", "dir/a/b", "link/x", "new/b/c"}) {
            Map<String, byte[]> set = new LinkedHashMap<>();
            set.put("dir/a", bytes("new"));
            set.put("new/b", bytes("new"));
            set.put(bad, bytes("new"));
            set.put("z", bytes("new"));
            assertRefused("forbidden_path", () -> files().write(set));
            assertThat(files().list("")).containsExactly("dir/a");
            assertThat(read("dir/a")).isEqualTo("old");
        }
        assertThat(file("new")).doesNotExist();
        assertThat(shared).isEmptyDirectory();
    }

    @Test
    void too_much_is_refused() throws IOException {
        byte[] most = new byte[10 << 20];
        files().write(Map.of("most", most));
        assertThat(files().read("most")).hasSize(10 << 20);
        assertRefused("too_large", () -> files().write(Map.of("x", new byte[(10 << 20) + 1])));
        Files.write(file("grown"), new byte[(10 << 20) + 1]);
        assertRefused("too_large", () -> files().read("grown"));
        Map<String, byte[]> many = new HashMap<>();
        for (int i = 0; i < 1_001; i++) {
            many.put("f" + i, new byte[0]);
        }
        assertRefused("too_many_files", () -> files().write(many));
        assertThat(files().list("")).containsExactly("grown", "most");
    }

    private Path file(String path) {
        return workspace().directory().resolve(path);
    }
}
