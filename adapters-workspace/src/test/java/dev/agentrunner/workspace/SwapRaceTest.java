package dev.agentrunner.workspace;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import dev.agentrunner.spi.workspace.FileEntry;
import dev.agentrunner.spi.workspace.WorkspaceException;
import dev.agentrunner.spi.workspace.WorkspaceFiles;
import dev.agentrunner.spi.workspace.WorkspaceVersions;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.FileTime;
import java.util.List;
import java.util.Map;
import java.util.SortedMap;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.atomic.AtomicLong;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Somebody puts links in place of directories and files while they are used. */
@Tag("once")
class SwapRaceTest {

    private static final int ROUNDS = 1_000;
    private static final byte[] MINE = "mine".getBytes(StandardCharsets.UTF_8);
    private static final FileTime LONG_AGO = FileTime.fromMillis(1_000_000_000_000L);

    @TempDir
    Path folder;

    private Path outside;
    private Ground ground;
    private final AtomicLong used = new AtomicLong();
    private final AtomicLong refused = new AtomicLong();

    @BeforeEach
    void build() throws IOException {
        outside = Files.createDirectory(folder.resolve("outside"));
        Files.createDirectory(outside.resolve("deep"));
        Files.writeString(outside.resolve("f"), "secret");
        Files.writeString(outside.resolve("deep/f"), "secret");
        ground = Ground.in(folder.resolve("runs"));
        ground.write("d/f", "mine");
        ground.write("d/deep/f", "mine");
    }

    /** When a file outside was read last; not kept everywhere. */
    private FileTime lastRead(String path) throws IOException {
        return (FileTime) Files.getAttribute(outside.resolve(path), "lastAccessTime");
    }

    private void unread() throws IOException {
        for (String path : List.of("f", "deep/f")) {
            Files.setAttribute(outside.resolve(path), "lastAccessTime", LONG_AGO);
        }
    }

    private void swapFolders() {
        Path root = ground.directory();
        quietly(() -> Files.move(root.resolve("d"), root.resolve("aside")));
        quietly(() -> Files.createSymbolicLink(root.resolve("d"), outside));
        quietly(() -> {
            if (Files.isSymbolicLink(root.resolve("d"))) {
                Files.delete(root.resolve("d"));
            } else {
                Files.move(root.resolve("d"), folder.resolve("junk-" + System.nanoTime()));
            }
        });
        quietly(() -> Files.move(root.resolve("aside"), root.resolve("d")));
    }

    private void swapFiles() {
        Path root = ground.directory();
        quietly(() -> Files.move(root.resolve("d/f"), root.resolve("d/aside")));
        quietly(() -> Files.createSymbolicLink(root.resolve("d/f"), outside.resolve("f")));
        quietly(() -> Files.deleteIfExists(root.resolve("d/f")));
        quietly(() -> Files.move(root.resolve("d/aside"), root.resolve("d/f")));
    }

    private interface Action {
        void run() throws IOException;
    }

    private static void quietly(Action action) {
        try {
            action.run();
        } catch (IOException e) {
            // others change it, too
            return;
        }
    }

    private void attempt(Action action) throws IOException {
        try {
            action.run();
            used.incrementAndGet();
        } catch (WorkspaceException e) {
            refused.incrementAndGet();
        }
    }

    private void race(Runnable swap, Action use) throws Exception {
        unread();
        SortedMap<String, String> before = Ground.snapshot(outside);
        unread();
        AtomicBoolean over = new AtomicBoolean();
        Thread swapper = new Thread(() -> {
            while (!over.get()) {
                swap.run();
            }
        });
        swapper.start();
        try {
            for (int i = 0; i < ROUNDS; i++) {
                attempt(use);
            }
        } finally {
            over.set(true);
            swapper.join();
        }
        assertThat(lastRead("f")).isEqualTo(LONG_AGO);
        assertThat(lastRead("deep/f")).isEqualTo(LONG_AGO);
        assertThat(Ground.snapshot(outside)).isEqualTo(before);
        assertThat(used.get()).as("refused: " + refused).isPositive();
    }

    @Test
    void nothing_outside_is_read() throws Exception {
        WorkspaceFiles files = ground.workspace().files();
        int[] turn = new int[1];
        race(
                () -> {
                    swapFolders();
                    swapFiles();
                },
                () -> {
                    String path = turn[0]++ % 2 == 0 ? "d/f" : "d/deep/f";
                    assertThat(files.read(path)).isEqualTo(MINE);
                });
    }

    @Test
    void nothing_outside_is_listed_or_summed() throws Exception {
        WorkspaceVersions versions = ground.workspace().versions();
        race(this::swapFolders, () -> {
            assertThat(ground.workspace().files().list("")).isSubsetOf("d/f", "d/deep/f", "aside/f", "aside/deep/f");
            assertThat(versions.scan().files())
                    .allSatisfy(file -> assertThat(file.size()).isEqualTo(4));
        });
    }

    @Test
    void nothing_outside_is_written_or_deleted() throws Exception {
        WorkspaceFiles files = ground.workspace().files();
        race(
                () -> {
                    swapFolders();
                    swapFiles();
                },
                () -> {
                    files.write(Map.of("d/f", MINE, "d/deep/f", MINE));
                    files.write(Map.of("d/new/x", MINE));
                    files.delete("d/new/x");
                    files.delete("d/deep/f");
                });
    }

    @Test
    void nothing_outside_is_put_back_or_cleaned_away() throws Exception {
        WorkspaceVersions versions = ground.workspace().versions();
        List<FileEntry> files = versions.scan().files();
        race(this::swapFolders, () -> versions.restore(files, file -> new ByteArrayInputStream(MINE)));
    }

    @Test
    void a_read_would_be_noticed() throws IOException {
        unread();
        Files.readString(outside.resolve("f"));
        assumeTrue(!lastRead("f").equals(LONG_AGO), "this file system keeps no times of access");
    }
}
