package dev.agentrunner.workspace.version;

import static org.assertj.core.api.Assertions.assertThat;

import dev.agentrunner.spi.workspace.WorkspaceVersions.Contents;
import dev.agentrunner.workspace.files.Entry;
import dev.agentrunner.workspace.files.Folder;
import dev.agentrunner.workspace.files.Jail;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.attribute.FileTime;
import java.time.Instant;
import java.util.List;
import java.util.concurrent.atomic.AtomicReference;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** When a file is read again. */
class SumsTest {

    private static final Path NAME = Path.of("f");

    @TempDir
    Path folder;

    private final AtomicReference<Instant> now = new AtomicReference<>(Instant.EPOCH);
    private final Sums sums = new Sums(now::get);
    private Path file;
    private DirectoryVersions versions;

    @BeforeEach
    void build() throws IOException {
        Path root = Files.createDirectory(folder.resolve("root"));
        file = Files.writeString(root.resolve("f"), "one");
        versions = new DirectoryVersions(
                new Jail(root, folder.resolve("outside")),
                List.of(),
                Limits.DEFAULT,
                sums,
                new Mark(folder.resolve("mark")));
    }

    private void afterItsChange(long millis) throws IOException {
        FileTime changed = (FileTime) Files.getAttribute(file, "unix:ctime");
        now.set(Instant.ofEpochMilli(changed.toMillis() + millis));
    }

    private boolean isKnown() throws IOException {
        try (Folder root = Folder.at(file.getParent())) {
            return sums.known("f", root.look(NAME)) != null;
        }
    }

    @Test
    void a_file_that_changed_within_the_second_before_it_was_read_is_read_again() throws IOException {
        for (long millis : new long[] {-5_000, 0, 500, 1_000}) {
            afterItsChange(millis);
            versions.scan();
            assertThat(isKnown()).as(millis + " ms after its change").isFalse();
        }
        afterItsChange(1_001);
        versions.scan();
        assertThat(isKnown()).isTrue();
    }

    @Test
    void a_change_that_only_the_time_of_change_tells_is_seen() throws IOException {
        afterItsChange(5_000);
        Contents before = versions.scan();
        FileTime modified = Files.getLastModifiedTime(file);
        Files.writeString(file, "two");
        Files.setLastModifiedTime(file, modified);
        assertThat(isKnown()).isFalse();
        assertThat(versions.scan().files()).hasSize(1).isNotEqualTo(before.files());
    }

    @Test
    void another_file_of_that_name_is_read() throws IOException {
        afterItsChange(5_000);
        versions.scan();
        Path other = Files.writeString(folder.resolve("other"), "two");
        Files.setLastModifiedTime(other, Files.getLastModifiedTime(file));
        Files.move(other, file, StandardCopyOption.REPLACE_EXISTING);
        assertThat(isKnown()).isFalse();
    }

    @Test
    void what_is_not_changed_is_not_read() throws IOException {
        afterItsChange(5_000);
        Entry before;
        try (Folder root = Folder.at(file.getParent())) {
            before = root.look(NAME);
            Sums.Summed first = sums.of(root, NAME, "f", before);
            Files.delete(file);
            assertThat(sums.of(root, NAME, "f", before)).isEqualTo(first);
        }
    }

    @Test
    void files_that_are_gone_are_forgotten() throws IOException {
        afterItsChange(5_000);
        versions.scan();
        Files.createDirectory(file.resolveSibling("d"));
        Files.move(file, file.resolveSibling("d/f"));
        versions.scan();
        Files.move(file.resolveSibling("d/f"), file);
        assertThat(isKnown()).isFalse();
    }
}
