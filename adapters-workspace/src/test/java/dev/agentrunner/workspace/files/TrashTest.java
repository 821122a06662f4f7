package dev.agentrunner.workspace.files;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class TrashTest {

    @TempDir
    Path folder;

    private static int sh(Path in, String script) throws Exception {
        return new ProcessBuilder("sh", "-e", "-c", script)
                .directory(in.toFile())
                .inheritIO()
                .start()
                .waitFor();
    }

    @Test
    void directories_go_however_deep_they_are() throws Exception {
        Path top = Files.createDirectory(folder.resolve("top"));
        String script = "i=0; while [ $i -lt 1000 ]; do mkdir 0 1; echo x > 0/f; cd -P 0; i=$((i+1)); done";
        assertThat(sh(top, script)).isZero();
        Trash.purge(top);
        assertThat(folder).isEmptyDirectory();
    }

    @Test
    void links_are_not_followed_and_nothing_that_is_locked_stays() throws IOException {
        Path outside = Files.createDirectories(folder.resolve("outside/deep"));
        Files.writeString(outside.resolve("f"), "stays");
        Path top = Files.createDirectories(folder.resolve("top/locked/in"));
        Files.createSymbolicLink(top.resolve("out"), outside);
        Files.createSymbolicLink(folder.resolve("top/out"), outside);
        Files.writeString(top.resolve("f"), "goes");
        Files.setPosixFilePermissions(top, PosixFilePermissions.fromString("---------"));
        Files.setPosixFilePermissions(folder.resolve("top/locked"), PosixFilePermissions.fromString("r-xr-xr-x"));
        Trash.purge(folder.resolve("top"));
        assertThat(folder.resolve("top")).doesNotExist();
        assertThat(outside.resolve("f")).hasContent("stays");
    }

    @Test
    void what_is_no_directory_goes_and_what_is_not_there_is_no_problem() throws IOException {
        Path outside = Files.createDirectory(folder.resolve("outside"));
        Files.createSymbolicLink(folder.resolve("link"), outside);
        Trash.purge(folder.resolve("link"));
        Trash.purge(folder.resolve("link"));
        Trash.purge(folder.resolve("none/at/all"));
        assertThat(folder).isDirectoryContaining(outside::equals).isDirectoryNotContaining(f -> f.endsWith("link"));
    }
}
