package dev.agentrunner.workspace.files;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import dev.agentrunner.spi.workspace.WorkspaceException;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.LinkedHashMap;
import java.util.Map;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** A set of files of which one cannot be moved in, though nothing could be seen against it. */
class WriteSetTest {

    @TempDir
    Path folder;

    private Path root;
    private Path locked;
    private JailedFiles files;

    @BeforeEach
    void build() throws IOException {
        root = Files.createDirectory(folder.resolve("root"));
        locked = Files.createDirectory(root.resolve("locked"));
        files = new JailedFiles(new Jail(root, folder.resolve("outside")), 1_000);
    }

    @AfterEach
    void unlock() throws Exception {
        chattr("-i");
        Files.setPosixFilePermissions(locked, PosixFilePermissions.fromString("rwx------"));
    }

    /** Nothing can be made in the directory any more, not even by root. */
    private void lock() throws Exception {
        boolean immutable = chattr("+i") == 0;
        if (!immutable) {
            Files.setPosixFilePermissions(locked, PosixFilePermissions.fromString("r-x------"));
        }
        assumeTrue(immutable || !Files.isWritable(locked), "nothing stops this user");
    }

    private int chattr(String change) throws InterruptedException {
        try {
            return new ProcessBuilder("chattr", change, locked.toString())
                    .start()
                    .waitFor();
        } catch (IOException e) {
            return -1;
        }
    }

    @Test
    void what_was_replaced_is_put_back_and_what_was_made_goes() throws Exception {
        Files.createDirectory(root.resolve("dir"));
        Files.writeString(root.resolve("dir/old"), "old");
        Files.setPosixFilePermissions(root.resolve("dir/old"), PosixFilePermissions.fromString("rwxr-x---"));
        lock();
        Map<String, byte[]> set = new LinkedHashMap<>();
        for (String path : new String[] {"new", "dir/old", "made/for/it", "locked/x", "never"}) {
            set.put(path, "new".getBytes(StandardCharsets.UTF_8));
        }
        assertThatThrownBy(() -> files.write(set))
                .isInstanceOfSatisfying(
                        WorkspaceException.class, e -> assertThat(e.kind()).isEqualTo("io"));
        assertThat(files.list("")).containsExactly("dir/old");
        assertThat(root.resolve("dir/old")).hasContent("old");
        assertThat(Files.getPosixFilePermissions(root.resolve("dir/old")))
                .isEqualTo(PosixFilePermissions.fromString("rwxr-x---"));
        assertThat(root.resolve("made")).doesNotExist();
        assertThat(folder.resolve("outside")).isEmptyDirectory();
    }

    @Test
    void a_write_leaves_nothing_outside() {
        files.write(Map.of("a/b", new byte[] {1}));
        files.write(Map.of("a/b", new byte[] {2}, "c", new byte[] {3}));
        assertThat(folder.resolve("outside")).isEmptyDirectory();
        assertThat(files.read("a/b")).containsExactly(2);
    }
}
